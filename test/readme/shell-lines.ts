import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  name: string;
  private?: boolean;
  scripts?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** Our commands, each with its package. */
const commands: Readonly<Record<string, string>> = {
  'connect-auth-server': 'packages/authorization-server',
  'connect-auth-postgres': 'packages/postgres',
};

/** Lines that no rule below can judge, each with the reason why it is right as it stands. */
export const knownLines: Record<string, string> = {};

/**
 * Says what is wrong with a command line of the documentation, or undefined when it is known to work: what it installs is
 * ours or a peer of ours, the script it runs is in the root manifest, the file it runs is there.
 */
export function judgeShellLine(root: string, line: string): string | undefined {
  if (line in knownLines) return undefined;
  const [command, ...words] = line.split(/\s+/);
  const names = words.filter((word) => !word.startsWith('-'));
  if (command === 'npm' && words[0] === 'install') {
    const unknown = names.slice(1).filter((name) => !installable(root).has(name.replace(/(?<=.)@.*$/, '')));
    if (names.length < 2) return 'npm install does not work in this workspace; say what it installs';
    return unknown.length > 0 ? `${unknown.join(', ')}: neither a package of ours nor a peer of one` : undefined;
  }
  if (command === 'npx' && words[0] === '--yes' && words[1] === 'pnpm@12') {
    const script = words[2] ?? '';
    return script in (manifestOf(root).scripts ?? {}) ? undefined : `"${script}" is no script of package.json`;
  }
  // Another Node.js than the machine's; npx and pnpm do not work under it.
  if (command === 'npx' && words[0] === '--yes' && words[1] === '-p') {
    if (!/^node@\d+$/.test(words[2] ?? '') || words[3] !== 'node') return 'say node@… node …';
    const script = names.find((name) => /\.m?js$/.test(name));
    return script !== undefined && existsSync(join(root, script)) ? undefined : 'the script is not there';
  }
  const folder = command === 'npx' ? commands[words[0] ?? ''] : undefined;
  if (folder !== undefined) {
    const usage = readFileSync(join(root, folder, 'src/command/usage.ts'), 'utf8');
    const calls = usage.matchAll(new RegExp(`^ {2}${words[0]} ((?:[a-z-]+ ?)+)`, 'gm'));
    const known = [...calls].map((found) => found[1]?.trim());
    const isKnown = known.some((call) => call !== undefined && words.slice(1).join(' ').startsWith(call));
    return isKnown || words[1] === '--help' ? undefined : `${words.slice(1).join(' ')} is no command`;
  }
  if (command === 'bash') {
    return existsSync(join(root, words[0] ?? '')) ? undefined : `${words[0]} is not there`;
  }
  return 'no rule knows this line: add one, or name it in knownLines with the reason';
}

/** The command lines of a block: without comments and prompts, continued lines joined. */
export function shellLines(text: string): string[] {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s+)#.*$/, '').trim())
    .filter((line) => line !== '');
}

function installable(root: string): Set<string> {
  const names = readdirSync(join(root, 'packages')).flatMap((folder) => {
    const manifest = manifestOf(root, `packages/${folder}`);
    return manifest.private ? [] : [manifest.name, ...Object.keys(manifest.peerDependencies ?? {})];
  });
  return new Set(names);
}

const manifestOf = (root: string, folder = '.'): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
