import { cronJobs } from 'convex/server'

const jobs = cronJobs()

export default jobs
