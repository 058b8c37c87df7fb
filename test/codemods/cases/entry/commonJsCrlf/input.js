const { registerRootComponent } = require('expo')

registerRootComponent(require('./App').default)
