import { createRemoteJWKSet, jwtVerify } from 'jose';

const keys = createRemoteJWKSet(new URL('https://forge.cdn.prod.atlassian-dev.net/.well-known/jwks.json'));

// Forge sends an invocation token with each call.
export async function callerOf(header) {
  const { payload } = await jwtVerify(header.replace('Bearer ', ''), keys);
  return payload;
}
