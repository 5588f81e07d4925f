import { type AlgorithmName, createVerifier, type IssuerOptions } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { outcomeOf, refused } from '../errors/outcome.js';
import { openSigner } from './signer.js';

const signer = await openSigner();
const accepted = 'accepted';

/** The header is signed as it stands, so that nothing but the check of the header can refuse it. */
function outcomeOfHeader(header: Record<string, unknown>, options: Partial<IssuerOptions> = {}): Promise<string> {
  const verifier = createVerifier({ ...signer.options, ...options });
  return outcomeOf(verifier.verify(signer.sign({ header: { alg: 'ES256', kid: signer.kid, ...header } })));
}

describe('the allow-list of algorithms', () => {
  const disallowed = refused('algorithm_not_allowed');
  test.each(['none', 'None', 'NONE', 'nOnE', '', 'HS256', 'HS384', 'HS512', 'es256', 'ES256 ', 'ES256K', 'RS1', 'dir'])(
    'refuses alg %j: 401 algorithm_not_allowed',
    async (alg) => {
      expect(await outcomeOfHeader({ alg })).toBe(disallowed);
    },
  );

  test.each(['RS384', 'RS512', 'PS384', 'PS512', 'ES384', 'ES512', 'constructor', '__proto__', 'toString'])(
    'refuses alg %j, which is not on by default: 401 algorithm_not_allowed',
    async (alg) => {
      expect(await outcomeOfHeader({ alg })).toBe(disallowed);
    },
  );

  test('is the configured one where there is one', async () => {
    const algorithms: AlgorithmName[] = ['RS256', 'EdDSA'];
    expect(await outcomeOfHeader({}, { algorithms })).toBe(disallowed);
    expect(await outcomeOfHeader({}, { algorithms: ['ES256'] })).toBe(accepted);
  });

  test('costs a token that is not on it no fetch', async () => {
    signer.issuer.resetRequests();
    expect(await outcomeOfHeader({ alg: 'none' })).toBe(disallowed);
    expect(await outcomeOfHeader({ typ: 'logout+jwt' })).toBe(refused('wrong_type (typ)'));
    expect(signer.issuer.requests.total).toBe(0);
  });
});

describe('typ', () => {
  const wrong = refused('wrong_type (typ)');
  const cases: [typ: string | undefined, byDefault: boolean, asAccessToken: boolean, asJwt: boolean][] = [
    [undefined, true, false, false],
    ['JWT', true, false, true],
    ['jwt', true, false, true],
    ['application/JWT', true, false, true],
    ['at+jwt', true, true, false],
    ['AT+JWT', true, true, false],
    ['At+Jwt', true, true, false],
    ['application/at+jwt', true, true, false],
    ['APPLICATION/AT+JWT', true, true, false],
    ['application/application/at+jwt', false, false, false],
    ['application/', false, false, false],
    ['text/at+jwt', false, false, false],
    ['at+jwt ', false, false, false],
    ['at+jwt; charset=utf-8', false, false, false],
    ['logout+jwt', false, false, false],
    ['application/logout+jwt', false, false, false],
    ['dpop+jwt', false, false, false],
    ['secevent+jwt', false, false, false],
    ['token-introspection+jwt', false, false, false],
    ['id+jwt', false, false, false],
    ['rt+jwt', false, false, false],
    ['JOSE', false, false, false],
    ['undefined', false, false, false],
  ];
  const outcome = (isGood: boolean) => (isGood ? accepted : wrong);

  test.each(cases)('%j', async (typ, byDefault, asAccessToken, asJwt) => {
    const header = typ === undefined ? {} : { typ };
    expect(await outcomeOfHeader(header)).toBe(outcome(byDefault));
    expect(await outcomeOfHeader(header, { requireTyp: 'at+jwt' })).toBe(outcome(asAccessToken));
    expect(await outcomeOfHeader(header, { requireTyp: 'JWT' })).toBe(outcome(asJwt));
  });
});
