import { describe, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer, openVerifier, systemNetwork } from '../issuer/open-verifier.js';
import { outcomeNow, outcomeOf, refusalOf, settle } from '../issuer/outcome.js';
import { json, rerouteFetch } from '../runtime/rerouted-fetch.js';

const open = async (timeoutMs = 3_000) => {
  const scene = await openIssuer();
  const verifier = openVerifier(scene, { introspection: { ...credentialsOf(scene.issuer), timeoutMs } });
  await verifier.ready();
  return { ...scene, verifier };
};

describe('an issuer that does not respond as it should is 503 introspection, and never 401', () => {
  test.each(['html', 'empty', 'error500', 'redirect', 'huge', 'hugeGzip', 'reset', 'refused'] as const)(
    '%s',
    async (mode) => {
      const { issuer, verifier } = await open();
      issuer.fail('introspection', mode);
      for (const token of [issuer.opaqueToken(), issuer.token()]) {
        const refusal = await refusalOf(verifier.verify(token, { live: true }));
        expect(refusal).toMatchObject({ status: 503, reason: 'introspection', retryAfterSeconds: 1 });
      }
      // A token is shown to no place that a redirect names.
      expect(issuer.requests.other).toBe(0);
    },
  );

  test.each([
    ['a list', []],
    ['null', null],
    ['a text', 'active'],
    ['true', true],
  ])('%s', async (_what, response) => {
    const scene = await openIssuer();
    const { fetch } = rerouteFetch(scene.issuer, { '/oauth2/introspection': json(response) });
    const verifier = openVerifier(scene, { introspection: credentialsOf(scene.issuer) }, { fetch });
    expect(await outcomeOf(verifier.verify(scene.issuer.opaqueToken()))).toBe('503 introspection');
  });

  test.each([201, 204, 301, 307, 400, 401, 403, 404, 429, 502])('the status %i', async (status) => {
    const scene = await openIssuer();
    const body = status === 204 ? null : JSON.stringify({ active: false });
    const { fetch } = rerouteFetch(scene.issuer, { '/oauth2/introspection': () => new Response(body, { status }) });
    const verifier = openVerifier(scene, { introspection: credentialsOf(scene.issuer) }, { fetch });
    expect(await outcomeOf(verifier.verify(scene.issuer.opaqueToken()))).toBe('503 introspection');
  });

  test('a refusal of our own credentials', async () => {
    const scene = await openIssuer();
    const introspection = { ...credentialsOf(scene.issuer), clientSecret: 'wrong' };
    const verifier = openVerifier(scene, { introspection });
    expect(await outcomeOf(verifier.verify(scene.issuer.opaqueToken()))).toBe('503 introspection');
    expect(scene.issuer.requests.introspection).toBe(1);
  });
});

describe('R10: an issuer that hangs', () => {
  test.each(['hang', 'slowDrip'] as const)('by %s is given up after 3 s in all, and sees us go', async (mode) => {
    const scene = await openIssuer();
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) });
    issuer.fail('introspection', mode);
    const verification = verifier.verify(issuer.opaqueToken());
    await issuer.whenInFlight('introspection');
    await settle();
    clock.advanceMs(2_999);
    expect(await outcomeNow(verification)).toBe('pending');
    clock.advanceMs(1);
    expect(await outcomeOf(verification)).toBe('503 introspection');
    await issuer.whenIdle('introspection');
    expect(issuer.requests.introspection).toBe(1);
  });

  test('on a port has its socket closed', async () => {
    const scene = await openIssuer({ port: 0 });
    const { clock, issuer } = scene;
    const introspection = { ...credentialsOf(issuer), timeoutMs: 150 };
    const verifier = openVerifier(scene, { introspection }, systemNetwork);
    issuer.fail('introspection', 'hang');
    const verification = outcomeOf(verifier.verify(issuer.opaqueToken()));
    await issuer.whenInFlight('introspection');
    clock.advanceMs(150);
    expect(await verification).toBe('503 introspection');
    await issuer.whenIdle('introspection');
  });
});

test('a broken connection is tried once more, and not while the issuer is failing anyway', async () => {
  const { issuer, verifier } = await open();
  issuer.fail('introspection', 'reset');
  await outcomeOf(verifier.verify(issuer.opaqueToken()));
  expect(issuer.requests.introspection).toBe(2);
  await outcomeOf(verifier.verify(issuer.opaqueToken()));
  expect(issuer.requests.introspection).toBe(3);
});

test('each call is told as an event, with its outcome and how long it took', async () => {
  const { clock, issuer, verifier } = await open();
  const events: unknown[] = [];
  verifier.on('introspected', (event) => events.push(event));
  const release = issuer.hold('introspection');
  const verification = verifier.verify(issuer.opaqueToken());
  await issuer.whenInFlight('introspection');
  clock.advanceMs(40);
  release();
  await verification;
  await outcomeOf(verifier.verify('no-such-token'));
  issuer.fail('introspection', 'html');
  await outcomeOf(verifier.verify(issuer.opaqueToken()));
  expect(events).toEqual([
    { issuer: issuer.issuer, outcome: 'active', durationMs: 40 },
    { issuer: issuer.issuer, outcome: 'inactive', durationMs: 0 },
    { issuer: issuer.issuer, outcome: 'failed', durationMs: 0 },
  ]);
  expect(verifier.health().issuers[0]?.introspection).toEqual({
    breaker: 'closed',
    lastError: 'UnusableResponseError: the answer is not JSON',
  });
});
