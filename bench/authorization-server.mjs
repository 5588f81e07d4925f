// Tokens and introspections per second of the authorization server on either storage, beside what signing alone takes.
import { rm } from 'node:fs/promises';
import { median, spread } from './median.mjs';
import { ask, canPin, startPinned } from './pinned-process.mjs';
import { printTable } from './print-table.mjs';

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 3);
const dataDir = `.generated/bench-${process.pid}`;

console.log(`\nAuthorization server, RS256, 10 connections, ${rounds} rounds of ${seconds} s each.`);
console.log(canPin ? 'Server on core 0, client on core 1.\n' : 'Not pinned: no taskset, or one core only.\n');
const { child: client } = await startPinned('form-client.mjs', 1);
const servers = [];
for (const [name, env] of Object.entries({ PGlite: { DATA_DIR: dataDir }, PostgreSQL: {} })) {
  const { child, said } = await startPinned('authorization-server-process.mjs', 0, env);
  if (said.missing) console.log(`${name} is left out: ${said.missing}`);
  else servers.push({ name, child, ...said, tokens: [], introspections: [], signatures: [], shares: [] });
}

for (let round = -1; round < rounds; round += 1) {
  for (const server of servers) {
    const { url, credentials, token } = server;
    const send = async (path, form) =>
      (await ask(client, { url: url + path, form: { ...credentials, ...form }, seconds })).perSecond;
    const signed = await ask(server.child, { signFor: seconds });
    const tokens = await send('/oauth2/token', { grant_type: 'client_credentials' });
    const introspections = await send('/oauth2/introspection', { token, token_type_hint: 'access_token' });
    if (round < 0) continue; // To warm up.
    server.signatures.push(signed);
    server.tokens.push(tokens);
    server.introspections.push(introspections);
    server.shares.push(tokens / signed);
  }
}

const lines = [];
for (const { name, child, shares, tokens, introspections } of servers) {
  const rss = Math.round((await ask(child, { memory: true })) / 1e6);
  lines.push([name, ...spread(shares), Math.round(median(tokens)), Math.round(median(introspections)), rss]);
}
printTable([
  ['storage', 'share of signing', 'lowest', 'highest', 'tokens/s', 'introspections/s', 'memory (MB)'],
  ...lines,
]);
if (servers[0])
  console.log(
    `\nSigning alone: ${Math.round(median(servers.flatMap(({ signatures }) => signatures)))} RS256 signatures/s.`,
  );

for (const { child } of servers) await ask(child, { close: true });
client.disconnect();
await rm('.generated', { recursive: true, force: true });
