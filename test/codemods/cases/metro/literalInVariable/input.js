const settings = { transformer: {} };

module.exports = withNativeWind(settings);
