function sharpen() {}
exports.sharpen = sharpen;
exports.polish = function () {};
