import { defineSchema } from 'convex/server';
import { syncTables as offline } from './syncTables.js';

const all = { ...offline };
export default defineSchema({ ...all });
