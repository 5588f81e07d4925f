import { expect, test } from '@jest/globals';
import { openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeOf, settle } from '../issuer/outcome.js';

test('health tells the count and the age of the keys, and what the last fetch failed with', async () => {
  const scene = await openIssuer();
  const { clock, issuer } = scene;
  const verifier = openVerifier(scene);
  const keys = () => verifier.health().issuers[0]?.keys;
  expect(keys()).toEqual({ usable: false, count: 0 });
  expect(verifier.health().ready).toBe(false);

  await verifier.ready();
  clock.advanceSeconds(90);
  expect(keys()).toEqual({ usable: true, count: 1, ageSeconds: 90 });
  expect(verifier.health().ready).toBe(true);

  issuer.fail('jwks', 'error500');
  clock.advanceSeconds(410);
  await verifier.verify(issuer.token());
  await settle();
  expect(keys()).toEqual({
    usable: true,
    count: 1,
    ageSeconds: 500,
    lastError: 'UnusableResponseError: answered 500',
  });

  issuer.recover();
  clock.advanceSeconds(5);
  await verifier.verify(issuer.token());
  await settle();
  expect(keys()).toEqual({ usable: true, count: 1, ageSeconds: 0 });
});

test('each fetch is told as an event, with its issuer and how long it took', async () => {
  const scene = await openIssuer();
  const { clock, issuer } = scene;
  const verifier = openVerifier(scene);
  const events: unknown[] = [];
  verifier.on('keys_refreshed', (event) => events.push({ refreshed: event }));
  verifier.on('keys_unavailable', (event) => events.push({ unavailable: event }));

  issuer.fail('jwks', 'html');
  await outcomeOf(verifier.ready());
  issuer.recover();
  clock.advanceSeconds(5);
  const release = issuer.hold('jwks');
  const ready = verifier.ready();
  await issuer.whenInFlight('jwks');
  clock.advanceMs(250);
  release();
  await ready;
  const error = expect.objectContaining({ name: 'UnusableResponseError', message: 'the answer is not JSON' });
  expect(events).toEqual([
    { unavailable: { issuer: issuer.issuer, error, durationMs: 0 } },
    { refreshed: { issuer: issuer.issuer, keys: 1, durationMs: 250 } },
  ]);
});

test('an answer that comes after the deadline changes nothing', async () => {
  const scene = await openIssuer();
  const { clock, issuer } = scene;
  const late: ((response: Response) => void)[] = [];
  const verifier = openVerifier(
    scene,
    { jwksUri: `${issuer.issuer}/keys` },
    { fetch: () => new Promise((resolve) => late.push(resolve)) },
  );
  const verification = outcomeOf(verifier.verify(issuer.token()));
  await settle();
  clock.advanceSeconds(5);
  expect(await verification).toBe('503 jwks');
  late[0]?.(new Response(JSON.stringify(issuer.keys.jwks())));
  await settle();
  expect(verifier.health().issuers[0]?.keys).toMatchObject({ usable: false, count: 0 });
});
