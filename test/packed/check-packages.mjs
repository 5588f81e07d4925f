/** Packs every public package and lets publint and attw look at the tarballs: `node test/packed/check-packages.mjs`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeTarball } from './judge-tarball.mjs';
import { packPackage, publicPackages, root } from './pack-packages.mjs';
import { runTool } from './run-tool.mjs';

const tool = (name) => join(root, 'node_modules/.bin', name);
const folder = mkdtempSync(join(tmpdir(), 'check-packages-'));
try {
  for (const found of publicPackages()) {
    const packed = await packPackage(found, folder);
    const faults = judgeTarball(packed);
    if (faults.length > 0) throw new Error(`${packed.name}:\n  ${faults.join('\n  ')}`);
    await runTool(tool('publint'), ['run', packed.tarball, '--strict'], folder);
    // ESM only: a CommonJS caller reaches it by require(esm), which the other profiles count as a fault.
    await runTool(tool('attw'), [packed.tarball, '--profile', 'esm-only', '--no-emoji', '--no-color'], folder);
    console.log(`packages: ${packed.name}: ${packed.files.length} files, publint and attw content`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
