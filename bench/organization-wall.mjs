// What a point read costs behind the wall, as a multiple of the same read without: on this machine, and over a network.
import { compareInRounds } from './compare-in-rounds.mjs';
import { median, spread } from './median.mjs';
import { ask, startFree } from './pinned-process.mjs';
import { pointReads } from './point-reads.mjs';
import { printTable } from './print-table.mjs';
import { createWalledDatabase, organizations, rowsEach } from './walled-database.mjs';

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 1);
const delayMilliseconds = 1;
const names = Object.keys(pointReads);

console.log(
  `\nPoint read, ${organizations} organizations of ${rowsEach} rows, pool of 8, ${rounds} rounds of ${seconds} s each.`,
);
const database = await createWalledDatabase().catch((error) => {
  console.log(`PostgreSQL is left out: ${error.code ?? error.message}`);
});
if (database !== undefined) {
  try {
    await measureReads('on this machine', database.url);
    const network = await putNetworkBefore(database.url);
    await measureReads(`${delayMilliseconds} ms away`, network.url);
    network.child.disconnect();
  } finally {
    await database.drop();
  }
  console.log('\nThe goal: OrgPool takes at most 1.15 times what pg.Pool does.');
}

async function measureReads(where, url) {
  const { kid, key } = database.seal;
  const env = { DATABASE_URL: url.href, SEAL_KID: kid, SEAL_KEY: key.toString('hex') };
  const readers = new Map();
  for (const name of names)
    readers.set(name, (await startFree('point-read-process.mjs', { READ: name, ...env })).child);
  for (const inFlight of [1, 32]) {
    const measure = async (name, duration) =>
      (await ask(readers.get(name), { inFlight, seconds: duration })).microseconds;
    for (const name of names) await measure(name, 1); // To warm up.
    const results = await compareInRounds(names, rounds, (name) => measure(name, seconds));
    console.log('');
    printTable([
      [`PostgreSQL ${where}, ${inFlight} in flight`, 'times pg.Pool', 'lowest', 'highest', 'µs/read'],
      ...[...results].map(([name, { figures, shares }]) => [name, ...spread(shares), Math.round(median(figures))]),
    ]);
  }
  for (const child of readers.values()) child.disconnect();
}

/** The same database, some milliseconds away. */
async function putNetworkBefore(url) {
  const env = { TARGET_HOST: url.hostname, TARGET_PORT: url.port || '5432', DELAY_MILLISECONDS: delayMilliseconds };
  const { child, said: port } = await startFree('delaying-proxy.mjs', env);
  const far = new URL(url);
  far.host = `127.0.0.1:${port}`;
  return { child, url: far };
}
