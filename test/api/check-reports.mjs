/**
 * Compares what each published entry declares with the committed report of it, or writes the reports:
 * `node test/api/check-reports.mjs [root] [--update]`, after a build. Exits 1 when a report does not hold.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compareLines } from './compare-lines.mjs';
import { committedReports, publishedEntries } from './published-entries.mjs';

const mostLinesShown = 40;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { update: { type: 'boolean' } } });
const root = resolve(positionals[0] ?? resolve(import.meta.dirname, '../..'));
try {
  const entries = publishedEntries(root);
  // A check that read nothing would pass on nothing.
  if (entries.length === 0) throw new Error('no published entry was found');
  const missing = entries.filter(({ declarations }) => !existsSync(declarations));
  if (missing.length > 0) throw new Error(`not built: ${missing.map(({ declarations }) => declarations).join(', ')}`);
  // Takes a second to load.
  const { makeReports } = await import('./make-reports.mjs');
  const reports = makeReports(root, entries);
  const orphans = committedReports(root).filter((path) => !reports.some(({ report }) => report === path));
  if (values.update) update(reports, orphans);
  else check(reports, orphans);
} catch (error) {
  console.error(`api: ${error.message}`);
  process.exitCode = 1;
}

function update(reports, orphans) {
  for (const { report, text } of reports) {
    mkdirSync(dirname(report), { recursive: true });
    writeFileSync(report, text);
  }
  for (const path of orphans) rmSync(path);
  console.log(`api: ${reports.length} reports written, ${orphans.length} removed`);
}

function check(reports, orphans) {
  const faults = [
    ...reports.flatMap(({ name, report, text }) => {
      if (!existsSync(report)) return [`${relative(root, report)}: no report of ${name} is committed`];
      const lines = compareLines(readFileSync(report, 'utf8'), text);
      return lines.length > 0
        ? [[`${relative(root, report)}: ${name} has changed`, ...shorten(lines)].join('\n    ')]
        : [];
    }),
    ...orphans.map((path) => `${relative(root, path)}: the report of an entry that is gone`),
  ];
  for (const fault of faults) console.error(`api: ${fault}`);
  if (faults.length > 0) {
    console.error('api: if that is what you want to publish, run pnpm api:update and commit what it writes');
    process.exitCode = 1;
  }
  console.log(`api: ${reports.length} entries, ${faults.length} faults`);
}

/** Leaves out comments, brackets and blank lines, unless there is nothing else. */
function shorten(lines) {
  const declaring = lines.filter((line) => /^[-+]\s+[^\s/}]/.test(line));
  const shown = declaring.length > 0 ? declaring : lines;
  const rest = shown.length - mostLinesShown;
  return rest > 0 ? [...shown.slice(0, mostLinesShown), `… and ${rest} lines more`] : shown;
}
