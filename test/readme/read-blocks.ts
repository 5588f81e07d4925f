import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Block {
  /** `README.md:12`, the line of the opening fence. */
  where: string;
  language: string;
  /** What follows the language: ```ts quick-start → `quick-start`. */
  name: string | undefined;
  /** ```ts more after quick-start → `quick-start`: the block continues that one, in the same module. */
  after: string | undefined;
  text: string;
}

/** The Markdown files whose code blocks are promises to a reader, as far as they exist. */
function documents(root: string): string[] {
  const inDocs = existsSync(join(root, 'docs'))
    ? readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => `docs/${path}`)
    : [];
  const ofPackages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`);
  const candidates = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...ofPackages, ...inDocs.sort()];
  return candidates.filter((path) => path.endsWith('.md') && existsSync(join(root, path)));
}

/** Every fenced block of a Markdown text, in order. Throws on a fence that is never closed, for that swallows the rest. */
export function readBlocks(file: string, markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: { fence: string; indent: string; line: number; info: string; body: string[] } | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const [, indent = '', fence, info = ''] = /^([ >]*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (open === undefined) {
      if (fence !== undefined) open = { fence, indent, line: index + 1, info: info.trim(), body: [] };
    } else if (fence !== undefined && info.trim() === '' && fence.startsWith(open.fence)) {
      blocks.push({ where: `${file}:${open.line}`, ...readInfo(open.info), text: `${open.body.join('\n')}\n` });
      open = undefined;
    } else {
      open.body.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    }
  }
  if (open !== undefined) throw new Error(`${file}:${open.line}: the code block is never closed`);
  return blocks;
}

function readInfo(info: string): Pick<Block, 'language' | 'name' | 'after'> {
  const [language = '', ...words] = info.split(/\s+/);
  const named = /^([a-z0-9-]+)?(?:\s*after ([a-z0-9-]+))?$/.exec(words.join(' '));
  if (named === null)
    throw new Error(`"\`\`\`${info}": write \`\`\`language, \`\`\`language name or \`\`\`language name after other`);
  return { language, name: named[1], after: named[2] };
}

/** Reads every block of every document of the workspace. */
export function readWorkspaceBlocks(root: string): Block[] {
  return documents(root).flatMap((file) => readBlocks(file, readFileSync(join(root, file), 'utf8')));
}
