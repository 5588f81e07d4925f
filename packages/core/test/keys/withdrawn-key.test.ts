import { describe, expect, test } from '@jest/globals';
import { openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeOf, settle } from '../issuer/outcome.js';

const day = 86_400;

/** A verifier that knows a key and has a token by it in its cache; the key is then withdrawn. */
async function withdrawKey() {
  const scene = await openIssuer({ lifetimeSeconds: day });
  const verifier = openVerifier(scene);
  const loadedAt = scene.clock.now();
  const cached = scene.issuer.token();
  await verifier.verify(cached);
  const withdrawn = scene.issuer.keys.current;
  scene.issuer.keys.rotate();
  scene.issuer.keys.withdraw(withdrawn);
  const age = (seconds: number) => scene.clock.set(loadedAt + seconds * 1000);
  const renew = () => scene.issuer.token({ key: withdrawn });
  return { ...scene, verifier, cached, withdrawn, age, renew };
}

describe('R6: a withdrawn key', () => {
  test('works no more within the cache age, with steady traffic', async () => {
    const { verifier, cached, age, renew } = await withdrawKey();
    const accepted: number[] = [];
    for (let second = 0; second <= 1_200; second += 1) {
      age(second);
      if ((await outcomeOf(verifier.verify(cached))) === 'accepted') accepted.push(second);
      await settle();
    }
    expect(Math.max(...accepted)).toBeLessThanOrEqual(605);
    expect(await outcomeOf(verifier.verify(cached))).toBe('401 unknown_key');
    expect(await outcomeOf(verifier.verify(renew()))).toBe('401 unknown_key');
  });

  test.each([605, 3_600, 40_000])('works no more after %i s of silence', async (seconds) => {
    const { verifier, cached, age, renew } = await withdrawKey();
    age(seconds);
    expect(await outcomeOf(verifier.verify(cached))).toBe('401 unknown_key');
    expect(await outcomeOf(verifier.verify(renew()))).toBe('401 unknown_key');
  });

  test('works no more as soon as any refresh shows it, the token cache included', async () => {
    const { verifier, issuer, cached, renew } = await withdrawKey();
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted'); // Its unknown kid costs a fetch.
    expect(await outcomeOf(verifier.verify(cached))).toBe('401 unknown_key');
    expect(await outcomeOf(verifier.verify(renew()))).toBe('401 unknown_key');
  });

  test.each([
    ['that was one ahead of time', 481, 605],
    ['at the end of the cache age, and then silence', 599, 606],
    ['at the end of the cache age, and then a longer silence', 599, 612],
  ])('works no more after a refresh that failed %s', async (_when, failsAt, askedAt) => {
    const { verifier, issuer, cached, age } = await withdrawKey();
    age(failsAt);
    issuer.fail('jwks', 'error500');
    expect(await outcomeOf(verifier.verify(cached))).toBe('accepted');
    await settle();
    expect(issuer.requests.jwks).toBe(2);
    issuer.recover();
    age(askedAt);
    expect(await outcomeOf(verifier.verify(cached))).toBe('401 unknown_key');
  });

  test('works again when it is published again, for old tokens and new ones', async () => {
    const { verifier, issuer, cached, age, withdrawn, renew } = await withdrawKey();
    age(700);
    expect(await outcomeOf(verifier.verify(cached))).toBe('401 unknown_key');
    issuer.keys.publish(withdrawn);
    age(1_400);
    expect(await outcomeOf(verifier.verify(cached))).toBe('accepted');
    expect(await outcomeOf(verifier.verify(renew()))).toBe('accepted');
  });

  test('a kid that comes back with other key material refuses the old tokens and accepts the new', async () => {
    const scene = await openIssuer({ lifetimeSeconds: day });
    const { clock, issuer } = scene;
    const verifier = openVerifier(scene);
    const kid = issuer.keys.current;
    const [cached, unseen] = [issuer.token(), issuer.token()];
    await verifier.verify(cached);

    const other = issuer.keys.prepare();
    issuer.keys.publish(other);
    issuer.serveJwks({ keys: issuer.keys.jwks().keys.flatMap((jwk) => (jwk.kid === other ? [{ ...jwk, kid }] : [])) });
    clock.advanceSeconds(605);
    expect(await outcomeOf(verifier.verify(cached))).toBe('401 bad_signature');
    expect(await outcomeOf(verifier.verify(unseen))).toBe('401 bad_signature');
    expect(await outcomeOf(verifier.verify(issuer.token({ key: other, header: { kid } })))).toBe('accepted');
  });
});
