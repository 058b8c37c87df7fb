import {
	choice,
	defineSync,
	table,
	text,
	timestamp
} from 'sync-gen'

export default defineSync({
	tables: {
		tasks: table({
			policy: 'mobile-wins',
			fields: {
				text: text(), // the words
				dueAt: timestamp().optional()
			}
		})
		// more to come
	}
})
