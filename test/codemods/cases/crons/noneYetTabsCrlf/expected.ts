import { cronJobs } from 'convex/server'
import { internal } from './_generated/api'

const jobs = cronJobs()

jobs.daily(
  'collect sync tombstones',
  { hourUTC: 3, minuteUTC: 17 },
  internal.sync.collectTombstones,
)

export default jobs
