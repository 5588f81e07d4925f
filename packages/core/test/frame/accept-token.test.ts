import { type Auth, ConfigurationError, createVerifier, InvalidTokenError } from '@connect-auth/core';
import { acceptToken, recordOf, type TokenVerifier } from '@connect-auth/core/adapter';
import { expect, test } from '@jest/globals';
import { openSigner } from '../token/signer.js';

const signer = await openSigner();
const token = signer.sign({ payload: { ...signer.claims, org_id: 'org_1' } });
const other = signer.sign({ payload: { ...signer.claims, org_id: 'org_2' } });

/** A verifier that counts the tokens that it accepts. */
function openCounted() {
  const verifier = createVerifier(signer.options);
  const accepted: (string | undefined)[] = [];
  verifier.on('accepted', ({ auth }) => accepted.push(auth.orgId));
  return { verifier, accepted };
}

test('one request, one acceptance: for guards one after the other, and for all that ask at once', async () => {
  const { verifier, accepted } = openCounted();
  const record = recordOf({});
  const all = await Promise.all(Array.from({ length: 5 }, () => acceptToken(record, verifier, token)));
  expect(new Set(all).size).toBe(1);
  expect(acceptToken(record, verifier, token)).toBe(all[0]);
  expect(accepted).toEqual(['org_1']);
});

test('the next request with the same token is accepted by itself, and at once', async () => {
  const { verifier, accepted } = openCounted();
  await acceptToken(recordOf({}), verifier, token);
  expect(acceptToken(recordOf({}), verifier, token)).toMatchObject({ orgId: 'org_1' });
  expect(accepted).toEqual(['org_1', 'org_1']);
});

test('another token, or another verifier, in the same request is another acceptance', async () => {
  const [first, second] = [openCounted(), openCounted()];
  const record = recordOf({});
  await acceptToken(record, first.verifier, token);
  await acceptToken(record, first.verifier, other);
  await acceptToken(record, second.verifier, other);
  expect([first.accepted, second.accepted]).toEqual([['org_1', 'org_2'], ['org_2']]);
});

/** A verifier of somebody's own making. */
function openStub(answers: readonly (() => Promise<unknown>)[]) {
  const asked: unknown[] = [];
  const verifier: TokenVerifier = {
    recall: () => undefined,
    verify: (_token, options) => {
      asked.push(options?.live);
      return (answers[asked.length - 1] ?? answers.at(-1))?.() as Promise<Auth>;
    },
  };
  return { verifier, asked };
}
const auth = { subject: 'client_1', token } as Auth;

test('who needs the issuer’s word does not take an acceptance without it; whoever does not takes one with it', async () => {
  const { verifier, asked } = openStub([async () => auth]);
  const record = recordOf({});
  await acceptToken(record, verifier, token);
  await Promise.all(Array.from({ length: 2_000 }, () => acceptToken(record, verifier, token, true)));
  await acceptToken(record, verifier, token);
  expect(asked).toEqual([false, true]);
});

test('a refusal is that of all who asked at once, and is not kept for those who ask later', async () => {
  const refusal = new InvalidTokenError('expired');
  const { verifier, asked } = openStub([() => Promise.reject(refusal), async () => auth]);
  const record = recordOf({});
  const both = await Promise.allSettled([acceptToken(record, verifier, token), acceptToken(record, verifier, token)]);
  expect(both.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual([refusal, refusal]);
  expect(await acceptToken(record, verifier, token)).toBe(auth);
  expect(asked).toEqual([false, false]);
});

test.each([undefined, null, {}, 'yes', true])('a verifier that resolves to %p lets nobody in', async (value) => {
  const record = recordOf({});
  const { verifier } = openStub([async () => value]);
  await expect(acceptToken(record, verifier, token)).rejects.toThrow(ConfigurationError);
  expect(record.acceptance).toBeUndefined();
  if (value === undefined) return;
  const recalling = { ...verifier, recall: () => value as Auth };
  expect(() => acceptToken(record, recalling, token)).toThrow(ConfigurationError);
  expect(record.acceptance).toBeUndefined();
});
