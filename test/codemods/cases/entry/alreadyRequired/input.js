require('./polyfills')
require('./src/providers/backgroundSync')
