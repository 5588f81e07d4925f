import { describe, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeOf } from '../issuer/outcome.js';
import { json, rerouteFetch } from '../runtime/rerouted-fetch.js';

/** A JWT, and an issuer that answers what it likes about it. `live`: its keys can be had; else they cannot. */
async function openResponding(live: boolean, differing: Record<string, unknown>) {
  const scene = await openIssuer();
  const claims = { sid: 'app_consent_1', jti: 'token_1', scope: 'projects:read projects:write' };
  const token = scene.issuer.token({ org: 'org_A', user: 'user_A', claims });
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
  const response = { active: true, ...payload, ...differing };
  const { fetch } = rerouteFetch(scene.issuer, { '/oauth2/introspection': json(response) });
  const verifier = openVerifier(scene, { introspection: credentialsOf(scene.issuer) }, { fetch });
  if (!live) scene.issuer.fail('jwks', 'error500');
  return { ...scene, token, verify: () => verifier.verify(token, { live }) };
}

describe.each([
  ['live, after the local checks', true],
  ['in place of the local checks', false],
])('a response about a JWT, %s', (_when, live) => {
  test.each<[string, Record<string, unknown>, string]>([
    ['issuer', { iss: 'https://evil.test' }, 'wrong_issuer'],
    ['subject', { sub: 'user_B' }, 'invalid_claim'],
    ['client', { client_id: 'client_B' }, 'invalid_claim'],
    ['organization', { org_id: 'org_B' }, 'invalid_claim'],
    ['organization by case', { org_id: 'org_a' }, 'invalid_claim'],
    ['consent', { sid: 'app_consent_2' }, 'invalid_claim'],
    ['token id', { jti: 'token_2' }, 'invalid_claim'],
    ['end', { exp: Date.UTC(2026, 0, 2) / 1000 }, 'invalid_claim'],
    ['issue', { iat: Date.UTC(2026, 0, 1) / 1000 }, 'invalid_claim'],
    ['audience', { aud: 'client_other' }, 'wrong_audience'],
    ['wider audience', { aud: ['client_01TESTENVIRONMENT000000000', 'client_other'] }, 'invalid_claim'],
    ['wider scope', { scope: 'projects:read projects:write admin' }, 'invalid_claim'],
    ['narrower scope', { scope: 'projects:read' }, 'invalid_claim'],
    ['empty scope', { scope: '' }, 'invalid_claim'],
    ['issuer, being none,', { iss: undefined }, 'missing_claim'],
    ['audience, being none,', { aud: undefined }, 'missing_claim'],
    ['end, being none,', { exp: undefined }, 'missing_claim'],
    ['subject, being none,', { sub: undefined }, 'missing_claim'],
  ])('is a refusal where its %s is another than the token says', async (_what, differing, reason) => {
    const { verify } = await openResponding(live, differing);
    expect(await outcomeOf(verify())).toBe(`401 ${reason}`);
  });

  test.each<[string, Record<string, unknown>]>([
    ['all the same', {}],
    ['scopes in another order', { scope: 'projects:write projects:read' }],
    ['scopes as a list', { scope: ['projects:read', 'projects:write'] }],
    ['audience as a list', { aud: ['client_01TESTENVIRONMENT000000000'] }],
  ])('is an agreement with %s', async (_what, differing) => {
    expect(await outcomeOf((await openResponding(live, differing)).verify())).toBe('accepted');
  });

  test('is a refusal where it is of another kind, or not active', async () => {
    for (const differing of [{ token_type: 'refresh_token' }, { active: 'true' }, { cnf: {} }]) {
      expect(await outcomeOf((await openResponding(live, differing)).verify())).toMatch(/^401 /);
    }
  });
});

describe('a JWT that the issuer alone vouches for', () => {
  test('brings nothing of its own: what the response does not say is not there', async () => {
    const unsaid = { org_id: undefined, scope: undefined, jti: undefined, sid: undefined };
    const auth = await (await openResponding(false, unsaid)).verify();
    expect(auth.verifiedBy).toBe('introspection');
    expect([auth.orgId, auth.tokenId, auth.sessionId, auth.scopes.size]).toEqual([undefined, undefined, undefined, 0]);
    expect(Object.keys(auth.claims)).not.toContain('org_id');
  });

  test('with a payload that was changed is refused, though the issuer finds it by its jti and calls it active', async () => {
    const scene = await openIssuer();
    const good = scene.issuer.token({ org: 'org_A' });
    const [header = '', payload = '', signature = ''] = good.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const changed = Buffer.from(JSON.stringify({ ...claims, org_id: 'org_B' })).toString('base64url');
    const { fetch } = rerouteFetch(scene.issuer, { '/oauth2/introspection': json({ active: true, ...claims }) });
    const verifier = openVerifier(scene, { introspection: credentialsOf(scene.issuer) }, { fetch });
    scene.issuer.fail('jwks', 'error500');
    expect(await outcomeOf(verifier.verify(`${header}.${changed}.${signature}`))).toBe('401 invalid_claim');
    const widened = Buffer.from(JSON.stringify({ ...claims, scope: 'admin' })).toString('base64url');
    expect(await outcomeOf(verifier.verify(`${header}.${widened}.${signature}`))).toBe('401 invalid_claim');
  });
});

test('live needs no required claim in the response, only in the token', async () => {
  const scene = await openIssuer();
  const requiredClaims = ['plan'];
  const verifier = openVerifier(scene, { requiredClaims, introspection: credentialsOf(scene.issuer) });
  const token = scene.issuer.token({ claims: { plan: 'pro' } });
  expect(await outcomeOf(verifier.verify(token, { live: true }))).toBe('accepted');
});
