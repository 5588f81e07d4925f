// Reads points in one way at full speed for some seconds, and reports what one read took. Started by organization-wall.mjs.
import { pointReads } from './point-reads.mjs';
import { projectOf } from './walled-database.mjs';

const { READ, DATABASE_URL, SEAL_KID, SEAL_KEY } = process.env;
// Idle connections stay, since the others are measured meanwhile.
const config = { connectionString: DATABASE_URL, max: 8, idleTimeoutMillis: 0 };
const read = pointReads[READ](config, { kid: SEAL_KID, key: Buffer.from(SEAL_KEY, 'hex') });
let number = 0;

process.on('message', async ({ inFlight, seconds }) => {
  let count = 0;
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  const readOnAndOn = async () => {
    for (; performance.now() < end; count += 1) await readOne();
  };
  await Promise.all(Array.from({ length: inFlight }, readOnAndOn));
  process.send({ microseconds: ((performance.now() - startedAt) * 1000) / count });
});
// In a line: a connection that breaks, since the database is gone, has much to tell.
process.once('uncaughtException', (error) => {
  console.error(`${READ}: ${error.message}`);
  process.exit(1);
});
process.once('disconnect', () => process.exit(0));
process.send('ready');

async function readOne() {
  const project = projectOf(number++);
  const { rows } = await read(project);
  if (rows.length !== 1 || rows[0].id !== project.id) throw new Error(`${READ} did not find ${project.id}`);
}
