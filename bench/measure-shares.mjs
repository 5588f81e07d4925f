import { median } from './median.mjs';
import { ask, canPin, startPinned } from './pinned-process.mjs';

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 3);

/**
 * Starts `script` once for each guard and prints the throughput of its route as a share of the one called `bare`.
 *
 * @param tokensFor the tokens that a guard is sent, by its name
 */
export async function measureShares({ title, script, names, env, tokensFor }) {
  console.log(`\n${title}, 16 connections, ${rounds} rounds of ${seconds} s each.`);
  console.log(canPin ? 'Server on core 0, client on core 1.\n' : 'Not pinned: no taskset, or one core only.\n');
  const { child: client } = await startPinned('client.mjs', 1);
  const servers = new Map();
  for (const name of names) {
    const tokens = tokensFor(name);
    const { child, said: port } = await startPinned(script, 0, { GUARD: name, ...env });
    servers.set(name, { child, port, tokens, shares: [], rates: [] });
    const warmUp = await ask(client, { port, tokens, seconds: 2 });
    if (warmUp.answered === 0 || warmUp.refused > 0) throw new Error(`${name} refused ${warmUp.refused} good tokens`);
  }

  // All take part in each round, in an order by chance: what else the machine does meets them alike.
  for (let round = 0; round < rounds; round += 1) {
    for (const { port, tokens, rates } of [...servers.values()].sort(() => Math.random() - 0.5)) {
      rates.push((await ask(client, { port, tokens, seconds })).perSecond);
    }
    const bare = servers.get('bare').rates[round];
    for (const server of servers.values()) server.shares.push(server.rates[round] / bare);
  }

  print(servers);
  for (const { child } of servers.values()) child.disconnect();
  client.disconnect();
}

function print(servers) {
  const line = (name, ...figures) => console.log(name.padEnd(40) + figures.map((each) => each.padStart(14)).join(''));
  line('guard', 'share of bare', 'lowest', 'highest', 'requests/s');
  for (const [name, { shares, rates }] of servers) {
    const [middle, lowest, highest] = [median(shares), Math.min(...shares), Math.max(...shares)];
    line(name, ...[middle, lowest, highest].map((share) => share.toFixed(2)), Math.round(median(rates)).toString());
  }
}
