const { createHmac, timingSafeEqual } = require('node:crypto');

// Build servers sign the body with a secret that they share with the app.
function isSigned(request) {
  const expected = createHmac('sha256', process.env.BUILD_SECRET).update(request.body).digest();
  const given = Buffer.from(request.headers['x-signature']?.[0] ?? '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

module.exports = { isSigned };
