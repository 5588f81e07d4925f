import type { VerifyOptions } from '../verify/verify-options.js';
import { verifyWalls, type WallReport } from '../verify/verify-walls.js';
import type { Command, CommandCall } from './command.js';
import { readJsonFile } from './read-json-file.js';
import { toTable } from './to-table.js';

/** `verify [FILE]`: the findings, one a line, and 1 if there is one or no table to look at. */
export const verifyDatabase: Command = async (call) => {
  const report = await verifyWalls(call.client, await readOptions(call));
  call.print(call.values.json === true ? JSON.stringify(report, null, 2) : describeReport(report));
  return report.findings.length > 0 || report.tables.length === 0 ? 1 : 0;
};

/** Options of the command line come before those of the file. */
async function readOptions({ operands: [file], values }: CommandCall): Promise<VerifyOptions> {
  const { schemas, column, role, global } = values;
  return {
    ...(file === undefined ? {} : await readJsonFile(file)),
    ...(typeof schemas === 'string' ? { schemas: schemas.split(',') } : {}),
    ...(typeof column === 'string' ? { column } : {}),
    ...(typeof role === 'string' ? { role } : {}),
    ...(typeof global === 'string' ? { global: global.split(',') } : {}),
  };
}

function describeReport({ role, tables, findings, accepted, unused }: WallReport): string {
  const rows = findings.map(({ code, object, detail, remedy }) => [code, object, detail, remedy]);
  const lines = findings.length === 0 ? [] : [toTable([['FINDING', 'OBJECT', 'WHAT', 'REMEDY'], ...rows]), ''];
  lines.push(...accepted.map(({ code, object }) => `accepted: ${code} ${object}`));
  lines.push(...unused.map(({ code, object }) => `accepted, and not there: ${code} ${object}`));
  const reach =
    tables.length === 0 ? 'reaches no table, so that nothing was verified' : `reaches ${tables.length} tables`;
  lines.push(`${findings.length} findings. The role ${role} ${reach}.`);
  return lines.join('\n');
}
