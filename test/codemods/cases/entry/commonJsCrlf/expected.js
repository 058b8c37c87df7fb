import './src/providers/backgroundSync'

const { registerRootComponent } = require('expo')

registerRootComponent(require('./App').default)
