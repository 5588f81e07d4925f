/**
 * Checks the direction of imports: `node test/imports/check-imports.mjs [root] [--least-files=N]`.
 * The rules' tables are in layers.mjs. Prints one line a fault, and exits 1 when there is one.
 */
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findCycles } from './find-cycles.mjs';
import { findModules, projectsWithSource } from './find-modules.mjs';
import { judgeModule, resolveRelative } from './import-rules.mjs';
import { readModule } from './read-module.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'least-files': { type: 'string', default: '40' } },
});
const root = resolve(positionals[0] ?? resolve(import.meta.dirname, '../..'));
const leastFiles = Number(values['least-files']);

const places = findModules(root);
const modules = new Map(places.map((place) => [place.file, readModule(place.file)]));
const faults = places.flatMap((place) => judgeModule(root, place, modules.get(place.file)));

const edges = new Map(
  [...modules].map(([file, { specifiers }]) => [
    file,
    specifiers.flatMap((specifier) => (specifier.startsWith('.') ? (resolveRelative(file, specifier) ?? []) : [])),
  ]),
);
for (const cycle of findCycles(edges)) {
  faults.push({ rule: 'cycle', file: cycle[0], text: cycle.map((file) => relative(root, file)).join(' → ') });
}

// A check that read nothing would pass on nothing.
const imports = [...modules.values()].reduce((sum, { specifiers }) => sum + specifiers.length, 0);
const readNothingOf = projectsWithSource(root).filter(
  ({ kind, project }) => !places.some((place) => place.kind === kind && place.project === project && place.below),
);
for (const { kind, project } of readNothingOf) {
  faults.push({ rule: 'too-little-read', file: root, text: `no source file of ${kind}/${project} was read` });
}
if (places.length < leastFiles || imports === 0) {
  const text = `read ${places.length} files and ${imports} imports; at least ${leastFiles} files were expected`;
  faults.push({ rule: 'too-little-read', file: root, text });
}

for (const { rule, file, text } of faults) console.error(`${rule}: ${relative(root, file) || '.'}: ${text}`);
console.log(`imports: ${places.length} files, ${imports} imports, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
