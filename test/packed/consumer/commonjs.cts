import core = require('@connect-auth/core');
import connectExpress = require('@connect-auth/express');
import testing = require('@connect-auth/testing');

/** A CommonJS module that reaches the same packages by require(esm). Type-checked only. */
async function serve() {
  const issuer = await testing.createTestIssuer({ port: 0 });
  const verifier = core.createVerifier({ issuer: issuer.issuer, audience: issuer.audience });
  return [verifier, connectExpress.connectAuth({ issuer: issuer.issuer, audience: issuer.audience })];
}

export = serve;
