/** A piece of a path pattern: text, or a place for a value. */
export type PathPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'param' | 'wildcard'; readonly name: string };

const nameCharacters = /[\p{ID_Continue}$\u200c\u200d]/u;

/** Parses `:id`, `:"a name"`, `:id(\\d+)`, `*rest` and `*`; characters after a backslash, and `::`, are text. */
export function parsePath(pattern: string): readonly PathPiece[] {
  const pieces: PathPiece[] = [];
  let text = '';
  const add = (kind: 'param' | 'wildcard', name: string) => {
    if (text !== '') pieces.push({ kind: 'text', text });
    text = '';
    pieces.push({ kind, name });
  };
  for (let at = 0; at < pattern.length; ) {
    const character = pattern[at] as string;
    const isEscaped = character === '\\' || pattern.startsWith('::', at);
    if (isEscaped || (character !== ':' && character !== '*')) {
      text += isEscaped ? (pattern[at + 1] ?? '') : character;
      at += isEscaped ? 2 : 1;
      continue;
    }
    const { name, end } = readName(pattern, at + 1);
    add(character === ':' ? 'param' : 'wildcard', name);
    at = character === ':' ? skipExpression(pattern, end) : end;
  }
  if (text !== '') pieces.push({ kind: 'text', text });
  return pieces;
}

function readName(pattern: string, start: number): { name: string; end: number } {
  if (pattern[start] === '"') {
    const end = pattern.indexOf('"', start + 1);
    return { name: pattern.slice(start + 1, end), end: end + 1 };
  }
  let end = start;
  while (end < pattern.length && nameCharacters.test(pattern[end] as string)) end += 1;
  return { name: pattern.slice(start, end), end };
}

/** Skips the expression in brackets that a parameter of Fastify may have. */
function skipExpression(pattern: string, start: number): number {
  if (pattern[start] !== '(') return start;
  let depth = 0;
  for (let at = start; at < pattern.length; at += 1) {
    if (pattern[at] === '\\') at += 1;
    else if (pattern[at] === '(') depth += 1;
    else if (pattern[at] === ')' && --depth === 0) return at + 1;
  }
  return pattern.length;
}

/** Expands a pattern with optional parts: `/a{/:id}` becomes `/a` and `/a/:id` (path-to-regexp 8). */
export function expandOptional(pattern: string): readonly string[] {
  const open = /(?<!\\)\{/.exec(pattern)?.index;
  if (open === undefined) return [pattern];
  let depth = 0;
  for (let at = open; at < pattern.length; at += 1) {
    if (pattern[at] === '\\') at += 1;
    else if (pattern[at] === '{') depth += 1;
    else if (pattern[at] === '}' && --depth === 0) {
      const [before, inside, after] = [pattern.slice(0, open), pattern.slice(open + 1, at), pattern.slice(at + 1)];
      return [...expandOptional(before + after), ...expandOptional(before + inside + after)];
    }
  }
  return [pattern];
}
