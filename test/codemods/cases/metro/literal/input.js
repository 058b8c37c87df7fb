module.exports = { resolver: { sourceExts: ["ts", "tsx"] } };
