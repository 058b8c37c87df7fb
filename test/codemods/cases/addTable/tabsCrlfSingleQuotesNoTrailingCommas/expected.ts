import {
	choice,
	defineSync,
	table,
	text,
	json
} from 'sync-gen'

export default defineSync({
	tables: {
		tasks: table({
			policy: 'mobile-wins',
			fields: {
				text: text() // the words
			}
		}),
		// more to come
		notes: table({
			policy: 'mobile-wins',
			operations: ['create', 'update'],
			fields: {
				title: text(),
				priority: choice(['low', 'high']).default('low'),
				tags: json<string[]>().default([])
			}
		})
	}
})
