/**
 * Uses the packages the way a stranger would: packs them, installs the tarballs by npm into an empty project, imports
 * and requires each, type-checks a consumer with every declaration file looked at, and boots a Nest application. One line
 * a step; the first failure ends it. `node test/packed/run.mjs`, by pnpm, after a build.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeTarball } from './judge-tarball.mjs';
import { packPackage, publicPackages, root } from './pack-packages.mjs';
import { runTool } from './run-tool.mjs';

/** Core grew by the request's record, which the adapters held between them before. */
const unpackedLimits = { '@connect-auth/core': 250_000 };

const folder = mkdtempSync(join(tmpdir(), 'packed-'));
const project = join(folder, 'consumer');
try {
  mkdirSync(project);
  const packed = [];
  for (const found of publicPackages())
    packed.push(await step(`pack ${found.manifest.name}`, () => packAndJudge(found)));
  await step('npm install into an empty project', () => install(packed));
  for (const { name } of packed) {
    await step(`import ${name}`, () => loadWith(`await import('${name}')`, 'module'));
    await step(`require ${name}`, () => loadWith(`require('${name}')`, 'commonjs'));
  }
  await step('type-check an ES module and a CommonJS consumer', typeCheck);
  await step('boot a Nest application without what is optional', () =>
    runTool(process.execPath, ['boot-nest.mjs'], project),
  );
  await step('boot the authorization server, and get a token', () =>
    runTool(process.execPath, ['boot-authorization-server.mjs'], project),
  );
  await step('run connect-auth-server', () => runTool('npx', ['--no', 'connect-auth-server', '--help'], project));
  await step('run connect-auth-postgres', () => runTool('npx', ['--no', 'connect-auth-postgres', '--help'], project));
  console.log(`packed: ${packed.length} packages work as installed`);
} catch (error) {
  console.error(`packed: FAILED\n${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function step(title, work) {
  const started = performance.now();
  process.stdout.write(`packed: ${title} … `);
  const result = await work();
  const remark = result?.remark ? `${result.remark}, ` : '';
  console.log(`ok (${remark}${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return result;
}

async function packAndJudge(found) {
  const packed = await packPackage(found, folder);
  const faults = judgeTarball(packed);
  const limit = unpackedLimits[packed.name] ?? Number.POSITIVE_INFINITY;
  if (packed.unpackedBytes > limit) faults.push(`${packed.unpackedBytes} bytes unpacked; the limit is ${limit}`);
  if (faults.length > 0) throw new Error(`${packed.name}:\n  ${faults.join('\n  ')}`);
  const size = `${(packed.unpackedBytes / 1000).toFixed(1)} kB unpacked`;
  return {
    ...packed,
    remark: `${packed.files.length} files, ${size}${limit < Infinity ? ` of ${limit / 1000} kB allowed` : ''}`,
  };
}

async function install(packed) {
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  const tarballs = packed.map(({ tarball }) => tarball);
  // What an application has that uses them; npm adds the peers that are not optional.
  const beside = ['express@5', '@types/express@5', '@types/node@20', '@nestjs/platform-express@12'];
  await runTool('npm', ['install', '--no-audit', '--no-fund', ...tarballs, ...beside], project);
}

/** Loads a package in a Node of its own, and fails unless it exports something. */
function loadWith(expression, type) {
  const program = `const loaded = ${expression}; if (Object.keys(loaded).length === 0) throw new Error('exports nothing');`;
  return runTool(process.execPath, [`--input-type=${type}`, '--eval', program], project);
}

async function typeCheck() {
  const sources = join(import.meta.dirname, 'consumer');
  for (const name of readdirSync(sources)) copyFileSync(join(sources, name), join(project, name));
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: 'es2023',
    module: 'nodenext',
    types: ['node'],
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    noEmit: true,
    skipLibCheck: false,
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts', '*.cts'] }));
  await runTool(join(root, 'node_modules/.bin/tsc'), ['-p', project], project);
}
