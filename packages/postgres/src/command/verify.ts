import type { VerifyWallsOptions } from '../verify/verify-options.js';
import { verifyWalls, type WallReport } from '../verify/verify-walls.js';
import type { Command, CommandCall } from './command.js';
import { readJsonFile } from './read-json-file.js';

/** `verify [FILE]`: prints the findings with their remedies. Exits with 1 if there is one, or if there is no table to verify. */
export const verifyDatabase: Command = async (call) => {
  const report = await verifyWalls(call.client, await readOptions(call));
  call.print(call.values.json === true ? JSON.stringify(report, null, 2) : describeReport(report));
  return report.findings.length > 0 || report.tables.length === 0 ? 1 : 0;
};

/** Options on the command line override those in the file. */
async function readOptions({ operands: [file], values }: CommandCall): Promise<VerifyWallsOptions> {
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
  const lines = findings.map(({ code, object, detail, remedy }) => `${code} ${object}: ${detail}\n  ${remedy}\n`);
  lines.push(...accepted.map(({ code, object }) => `accepted: ${code} ${object}`));
  lines.push(...unused.map(({ code, object }) => `accepted, but not found: ${code} ${object}`));
  const reach =
    tables.length === 0 ? 'can reach no table, so that nothing was verified' : `can reach ${tables.length} tables`;
  lines.push(`${findings.length} findings. The role ${role} ${reach}.`);
  return lines.join('\n');
}
