import { currentOrg, OrgEnvelopeError, orgEnvelope, orgJob, withOrg } from '@connect-auth/isolation';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';

const seed = Number(process.env.FC_SEED ?? 20_260_101);
const runs = { seed, numRuns: 500 };
const keys = [{ kid: 'k1', secret: 's'.repeat(32) }];
const run = orgJob(async (data: unknown) => [currentOrg() as string, data], { keys });
const orgId = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '{', '\\'), minLength: 1, maxLength: 4 });

type Json = ReturnType<typeof JSON.parse>;

/** The same JSON value with the members of its objects the other way round, as a database may keep them. */
const reversed = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([name, member]) => [name, reversed(member)]));
};

test(`whatever JSON can hold comes through, in any order of members (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(orgId, fc.jsonValue({ noUnicodeString: false } as object), async (org, data) => {
      const envelope = await withOrg(org, async () => orgEnvelope(data, { keys }));
      const queued = JSON.stringify(envelope);
      const expected = [org, JSON.parse(JSON.stringify(data))];
      expect(await run(JSON.parse(queued))).toEqual(expected);
      expect(await run(reversed(JSON.parse(queued)))).toEqual(expected);
    }),
    runs,
  );
});

test(`no two envelopes have one signature: neither organization nor data can be exchanged (seed ${seed})`, async () => {
  const what = fc.tuple(orgId, fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(what, what, async ([orgA, a], [orgB, b]) => {
      const now = () => 0;
      const [one, two] = [
        await withOrg(orgA, async () => orgEnvelope(a, { keys, now })),
        await withOrg(orgB, async () => orgEnvelope(b, { keys, now })),
      ];
      const [dataA, dataB] = [JSON.stringify(reversed(one.data)), JSON.stringify(reversed(two.data))];
      fc.pre(orgA !== orgB || dataA !== dataB);
      return one.sig !== two.sig || JSON.stringify(sorted(one.data)) === JSON.stringify(sorted(two.data));
    }),
    runs,
  );
});

const sorted = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
};

test(`one changed character anywhere, and the job is not run for another (seed ${seed})`, async () => {
  const envelope = JSON.stringify(
    await withOrg('org_a', async () => orgEnvelope({ report: 'seven', amount: 7 }, { keys, auditId: 'event_1' })),
  );
  const change = fc.tuple(fc.nat(envelope.length - 1), fc.string({ minLength: 1, maxLength: 1 }));
  await fc.assert(
    fc.asyncProperty(change, async ([at, char]) => {
      const changed = envelope.slice(0, at) + char + envelope.slice(at + 1);
      fc.pre(changed !== envelope);
      let parsed: unknown;
      try {
        parsed = JSON.parse(changed);
      } catch {
        return; // Never gets as far as a job.
      }
      // A change that JSON does not see, a blank for a blank, is none.
      fc.pre(JSON.stringify(parsed) !== envelope);
      await expect(run(parsed)).rejects.toThrow(OrgEnvelopeError);
    }),
    { seed, numRuns: 3_000 },
  );
});
