import { describe, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeOf } from '../issuer/outcome.js';

describe('a response about an opaque token', () => {
  const now = Date.UTC(2026, 0, 1, 12) / 1000;
  test.each<[string, Record<string, unknown>, string]>([
    ['active is false', { active: false }, 'inactive'],
    ['active is the text "true"', { active: 'true' }, 'inactive'],
    ['active is 1', { active: 1 }, 'inactive'],
    ['active is null', { active: null }, 'inactive'],
    ['it is a refresh token', { token_type: 'refresh_token' }, 'wrong_type'],
    ['it is a refresh token in capitals', { token_type: 'REFRESH_TOKEN' }, 'wrong_type'],
    ['its type is no text', { token_type: ['access_token'] }, 'wrong_type'],
    ['it is an ID token', { token_type: 'id_token' }, 'wrong_type'],
    ['it is of another issuer', { iss: 'https://evil.test' }, 'wrong_issuer'],
    ['it names no issuer', { iss: undefined }, 'missing_claim'],
    ['it is for another audience', { aud: 'client_other' }, 'wrong_audience'],
    ['it is for other audiences', { aud: ['client_other', 'client_01TESTENVIRONMENT000000000 '] }, 'wrong_audience'],
    ['it names no audience', { aud: undefined }, 'missing_claim'],
    ['it has no end', { exp: undefined }, 'missing_claim'],
    ['its end is text', { exp: String(now + 60) }, 'invalid_claim'],
    ['its end is over', { exp: now - 5 }, 'expired'],
    ['it is not valid yet', { nbf: now + 60 }, 'not_yet_valid'],
    ['it is from the future', { iat: now + 60 }, 'not_yet_valid'],
    ['it is about nobody', { sub: undefined }, 'missing_claim'],
    ['its subject is a number', { sub: 7 }, 'invalid_claim'],
    ['its organization is empty', { org_id: '' }, 'invalid_claim'],
    ['its organizations are several', { org_id: ['org_A', 'org_B'] }, 'invalid_claim'],
    ['it is bound to a key', { cnf: { jkt: 'thumbprint' } }, 'sender_constraint'],
    ['it is bound to a login', { nonce: 'n' }, 'wrong_type'],
  ])('is a refusal where %s', async (_what, response, reason) => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene, { introspection: credentialsOf(scene.issuer) });
    expect(await outcomeOf(verifier.verify(scene.issuer.opaqueToken({ answer: response })))).toBe(`401 ${reason}`);
  });

  test.each(['Bearer', 'bearer', 'access_token', undefined])('may call it %s', async (tokenType) => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene, { introspection: credentialsOf(scene.issuer) });
    const token = scene.issuer.opaqueToken({ answer: { token_type: tokenType } });
    expect(await outcomeOf(verifier.verify(token))).toBe('accepted');
  });

  test('about a real refresh token is a refusal', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene, { introspection: credentialsOf(scene.issuer) });
    expect(await outcomeOf(verifier.verify(scene.issuer.refreshToken()))).toBe('401 wrong_type');
  });

  test('must have the claims that this API requires', async () => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene, { requiredClaims: ['org_id'], introspection: credentialsOf(scene.issuer) });
    expect(await outcomeOf(verifier.verify(scene.issuer.opaqueToken({ org: null })))).toBe('401 missing_claim');
  });
});
