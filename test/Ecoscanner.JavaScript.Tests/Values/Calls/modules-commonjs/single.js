module.exports = function single() {};
module.exports.extra = /* single.extra */ function () {};
