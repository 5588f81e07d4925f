import { compareInRounds } from './compare-in-rounds.mjs';
import { median, spread } from './median.mjs';
import { ask, startPinned } from './pinned-process.mjs';
import { printTable } from './print-table.mjs';

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 1);

/**
 * Prints what each of some calls takes, each in a process of its own, as a multiple of what the first of them takes.
 *
 * @param module the file that exports them as `calls`
 */
export async function measureCalls({ title, module, names }) {
  const processes = new Map();
  for (const name of names) {
    const { child } = await startPinned('call-process.mjs', 0, { MODULE: module, CALL: name });
    processes.set(name, child);
    await ask(child, { seconds: 1 }); // To warm up.
  }
  const measure = async (name) => (await ask(processes.get(name), { seconds })).microseconds;
  const results = await compareInRounds(names, rounds, measure);
  console.log('');
  printTable([
    [title, 'times the first', 'lowest', 'highest', 'µs'],
    ...[...results].map(([name, { figures, shares }]) => [name, ...spread(shares), median(figures).toFixed(2)]),
  ]);
  for (const child of processes.values()) child.disconnect();
}
