import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from '@swc/core';
import type { Block } from './read-blocks.js';

/** Inside the workspace, so that Node and tsc find the packages where a reader's project would: in node_modules. */
const generatedFolder = join(import.meta.dirname, '../.generated/readme');

export interface BlockModule {
  where: string;
  name: string | undefined;
  text: string;
  /** The transpiled module that is run. */
  script: string;
}

/** Writes each ts block as a module, in TypeScript to be checked and in JavaScript to be run. */
export async function writeBlockModules(blocks: Block[]): Promise<BlockModule[]> {
  rmSync(generatedFolder, { recursive: true, force: true });
  mkdirSync(generatedFolder, { recursive: true });
  return Promise.all(blocks.map((block) => writeBlockModule(block, wholeText(block, blocks))));
}

/** A block that continues another is run after that one's text, as one module. */
function wholeText(block: Block, blocks: Block[]): string {
  if (block.after === undefined) return block.text;
  const file = (other: Block) => other.where.replace(/:\d+$/, '');
  const before = blocks.find((other) => other.name === block.after && file(other) === file(block) && other !== block);
  if (before === undefined) throw new Error(`${block.where}: there is no block "${block.after}" in this document`);
  return wholeText(before, blocks) + block.text;
}

async function writeBlockModule({ where, name }: Block, text: string): Promise<BlockModule> {
  const stem = join(generatedFolder, where.replaceAll(/[^A-Za-z0-9]+/g, '-'));
  const { code } = await transform(text, {
    filename: `${stem}.mts`,
    swcrc: false,
    isModule: true,
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  });
  writeFileSync(`${stem}.mts`, text);
  writeFileSync(`${stem}.mjs`, code);
  return { where, name, text, script: `${stem}.mjs` };
}

/** Type-checks all block modules at once, against the built declarations that users get. Gives the compiler's complaints. */
export function typeCheckBlockModules(root: string): string {
  const compilerOptions = {
    // A reader's project has no such condition: without it, imports lead to dist.
    customConditions: [],
    composite: false,
    declaration: false,
    noEmit: true,
    moduleDetection: 'force',
    skipLibCheck: true,
  };
  const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions, include: ['*.mts'] };
  writeFileSync(join(generatedFolder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', generatedFolder], { encoding: 'utf8' });
  return status === 0 ? '' : `exit ${status}\n${stdout}${stderr}`;
}
