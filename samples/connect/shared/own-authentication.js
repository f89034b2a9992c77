// What a developer writes who does without addon.authenticate(). Sound as it stands; a sample swaps one step for a mistake.
const jwt = require("atlassian-jwt");

function ownAuthentication(addon, steps) {
  return async (req, res, next) => {
    try {
      const { iss: clientKey, sub: userAccountId, context = {} } = await claimsOf(addon, req, steps);
      req.context = { ...req.context, clientKey, userAccountId, context, http: addon.httpClient({ clientKey }) };
    } catch {
      return res.status(401).send("Unauthorized");
    }

    next();
  };
}

async function claimsOf(addon, req, { read = verified, isCurrent = notExpired } = {}) {
  const token = req.query.jwt ?? (req.get("Authorization") ?? "").replace(/^JWT /, "");
  const claims = await read(addon, token);
  if (!isCurrent(claims) || claims.qsh !== jwt.createQueryStringHash(jwt.fromExpressRequest(req))) {
    throw new Error("The token is old or made for another request");
  }

  return claims;
}

const unverified = token => jwt.decodeSymmetric(token, "", jwt.SymmetricAlgorithm.HS256, true);

async function verified(addon, token) {
  const { sharedSecret } = await addon.settings.get("clientInfo", unverified(token).iss);
  return jwt.decodeSymmetric(token, sharedSecret, jwt.SymmetricAlgorithm.HS256);
}

const notExpired = claims => Date.now() / 1000 < claims.exp;

module.exports = { ownAuthentication, claimsOf, unverified };
