// Throughput of one Express 5 route behind each library, as a share of the same route with nothing before it.
import { createTestIssuer } from '@connect-auth/testing';
import { guards } from './guards.mjs';
import { median } from './median.mjs';
import { ask, canPin, startPinned } from './pinned-process.mjs';

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 3);
const tokenCount = 20;

// On http loopback; express-oauth2-jwt-bearer takes that only outside production, and NODE_ENV matters to Express.
const issuer = await createTestIssuer({ port: 0, lifetimeSeconds: 3600 });
const tokens = Array.from({ length: tokenCount }, () => issuer.token());
const { child: client } = await startPinned('client.mjs', 1);

console.log(
  `\nExpress 5, one route, ${tokenCount} warm RS256 tokens, 16 connections, ${rounds} rounds of ${seconds} s each.`,
);
console.log(canPin ? 'Server on core 0, client on core 1.\n' : 'Not pinned: no taskset, or one core only.\n');

const servers = new Map();
for (const name of Object.keys(guards)) {
  const env = { GUARD: name, ISSUER: issuer.issuer, AUDIENCE: issuer.audience };
  const { child, said: port } = await startPinned('server.mjs', 0, env);
  servers.set(name, { child, port, shares: [], rates: [] });
  const warmUp = await ask(client, { port, tokens, seconds: 2 });
  if (warmUp.answered === 0 || warmUp.refused > 0) throw new Error(`${name} refused ${warmUp.refused} good tokens`);
}

// All take part in each round, in an order by chance: what else the machine does meets them alike.
for (let round = 0; round < rounds; round += 1) {
  for (const server of [...servers.values()].sort(() => Math.random() - 0.5)) {
    const { perSecond } = await ask(client, { port: server.port, tokens, seconds });
    server.rates.push(perSecond);
  }
  const bare = servers.get('bare').rates[round];
  for (const server of servers.values()) server.shares.push(server.rates[round] / bare);
}

console.log(
  `${'guard'.padEnd(32)} ${'share of bare'.padStart(14)} ${'lowest'.padStart(8)} ${'highest'.padStart(8)} ${'requests/s'.padStart(12)}`,
);
for (const [name, { shares, rates }] of servers) {
  const figures = [
    median(shares).toFixed(2).padStart(14),
    Math.min(...shares)
      .toFixed(2)
      .padStart(8),
    Math.max(...shares)
      .toFixed(2)
      .padStart(8),
  ];
  console.log(`${name.padEnd(32)} ${figures.join(' ')} ${Math.round(median(rates)).toString().padStart(12)}`);
}
for (const { child } of servers.values()) child.disconnect();
client.disconnect();
await issuer.close();
