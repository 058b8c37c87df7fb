import {
	choice,
	defineSync,
	table,
	text
} from 'sync-gen'

export default defineSync({
	tables: {
		tasks: table({
			policy: 'mobile-wins',
			fields: {
				text: text() // the words
			}
		})
		// more to come
	}
})
