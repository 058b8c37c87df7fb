module.exports = { resolver: { assetExts: ["png", "db"] } };
