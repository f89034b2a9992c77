import { createRemoteJWKSet, jwtVerify } from 'jose';

const keys = createRemoteJWKSet(new URL('https://forge.cdn.prod.atlassian-dev.net/.well-known/jwks.json'));

// Forge sends an invocation token with each call. The same keys sign those of all apps, so the audience says whose it is.
export async function callerOf(header) {
  const { payload } = await jwtVerify(header.replace('Bearer ', ''), keys, {
    algorithms: ['RS256'],
    issuer: 'forge/invocation-token',
    audience: 'ari:cloud:ecosystem::app/5d2f4a52-6f0e-4b6e-9a57-0d3c2f1b7a42',
  });
  return payload;
}
