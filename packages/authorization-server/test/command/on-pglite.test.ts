import { freePort } from '@connect-auth/test-kit/free-port';
import { expect, test } from '@jest/globals';
import { createPlace, run, serve } from './run-command.js';
import { serveProcess } from './run-process.js';

test('serve on PGlite: a second process is refused, and the first can be asked over HTTP', async () => {
  const port = await freePort();
  const place = await createPlace({ PORT: String(port), API_KEY: 'sk_dev' });
  // Its tables are there from then on.
  expect((await run(['migrate'], place.env)).code).toBe(0);
  const server = await serveProcess(place.env);

  const refused = await run(['keys', 'list'], place.env);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(
    /^storage\.dataDir \S+data is in use by process \d+ on \S+\. PGlite serves one process: end that one, ask it over HTTP, or use PostgreSQL\.\n$/,
  );
  const address = `http://127.0.0.1:${port}`;
  const rotated = await run(['keys', 'rotate', '--server', address], { API_KEY: 'sk_dev' });
  expect(rotated.stdout.split('\n').map((line) => line.split(/\s+/)[2])).toContain('retired');

  const ended = await server.stop();
  expect(ended.stdout).toContain(`The authorization server ${address} listens on ${address}`);
  expect(ended.stdout).toContain(`PGlite in ${place.env.DATA_DIR}`);
  expect(ended.stdout).toContain('"action":"signing_key.retired"');

  const again = await run(['keys', 'list'], place.env);
  expect(again.stdout.split('\n').filter((line) => line.includes('retired'))).toHaveLength(1);
});

test('a port that is in use is said in a line', async () => {
  const port = await freePort();
  const place = await createPlace({ PORT: String(port) });
  const other = await createPlace({ PORT: String(port) });
  const server = await serve(place.env);
  const refused = await run(['serve'], other.env);
  await server.stop();
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`PORT ${port} is in use on 127.0.0.1`);
});
