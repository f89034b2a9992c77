// The tokens Atlassian signs: its own key for "installed", the tenant's secret for everything else.
const jwt = require("atlassian-jwt");

const lifetimeSeconds = 180;

function claims(clientKey, method, url, accountId) {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: clientKey,
    sub: accountId,
    iat: now,
    exp: now + lifetimeSeconds,
    qsh: jwt.createQueryStringHash(jwt.fromMethodAndUrl(method, url)),
    context: {},
  };
}

function installToken({ clientKey, accountId, baseUrl, key }, method, url) {
  const signed = { ...claims(clientKey, method, url, accountId), aud: [baseUrl] };
  return jwt.encodeAsymmetric(signed, key.privatePem, jwt.AsymmetricAlgorithm.RS256, { kid: key.id });
}

function tenantToken({ clientKey, sharedSecret, accountId }, method, url) {
  return jwt.encodeSymmetric(claims(clientKey, method, url, accountId), sharedSecret);
}

module.exports = { installToken, tenantToken };
