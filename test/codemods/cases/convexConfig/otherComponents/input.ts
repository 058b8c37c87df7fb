import { defineApp } from 'convex/server'
import migrations from '@convex-dev/migrations/convex.config'

// What this app is made of.
const app = defineApp()
app.use(migrations)

export default app
