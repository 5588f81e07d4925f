import { compareInRounds } from './compare-in-rounds.mjs';
import { median, spread } from './median.mjs';
import { ask, canPin, startPinned } from './pinned-process.mjs';
import { printTable } from './print-table.mjs';

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 3);

/**
 * Starts `script` once for each guard and prints the throughput of its route as a share of the first one's.
 *
 * @param tokensFor the tokens that a guard is sent, by its name
 */
export async function measureShares({ title, script, names, env, path = '/projects', tokensFor }) {
  console.log(`\n${title}, 16 connections, ${rounds} rounds of ${seconds} s each.`);
  console.log(canPin ? 'Server on core 0, client on core 1.\n' : 'Not pinned: no taskset, or one core only.\n');
  const { child: client } = await startPinned('client.mjs', 1);
  const servers = new Map();
  for (const name of names) {
    const { child, said: port } = await startPinned(script, 0, { GUARD: name, ...env });
    const asked = { port, path, tokens: tokensFor(name) };
    servers.set(name, { child, asked });
    const warmUp = await ask(client, { ...asked, seconds: 2 });
    if (warmUp.answered === 0 || warmUp.refused > 0) throw new Error(`${name} refused ${warmUp.refused} good tokens`);
  }

  const measure = async (name) => (await ask(client, { ...servers.get(name).asked, seconds })).perSecond;
  print(names[0], await compareInRounds(names, rounds, measure));
  for (const { child } of servers.values()) child.disconnect();
  client.disconnect();
}

const print = (base, results) =>
  printTable([
    ['guard', `share of ${base}`, 'lowest', 'highest', 'requests/s'],
    ...[...results].map(([name, { shares, figures }]) => [name, ...spread(shares), Math.round(median(figures))]),
  ]);
