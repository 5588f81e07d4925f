/**
 * Runs the benches one after the other, each in a process of its own, or those that are named:
 * `node bench/run.mjs [name…]`, after a build. They run on the Node.js that runs this, which the first line names.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';

const benches = [
  'verify-tokens',
  'serve-requests',
  'authorization-server',
  'organization-wall',
  'egress-check',
  'organization-frame',
];

const named = process.argv.slice(2);
const unknown = named.filter((name) => !benches.includes(name));
if (unknown.length > 0) {
  console.error(`no bench is called ${unknown.join(', ')}; there are ${benches.join(', ')}`);
  process.exit(1);
}

console.log(`Node.js ${process.versions.node}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}`);
for (const name of named.length > 0 ? named : benches) {
  console.log(`\n=== ${name}`);
  const script = join(import.meta.dirname, `${name}.mjs`);
  const { status } = spawnSync(process.execPath, [script], { cwd: import.meta.dirname, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
