/** One statement of a text, reduced to what `classifyStatement` looks at. */
export interface BareStatement {
  /**
   * In lower case, without comments. Literals are emptied unless they look like a name; quoted names lose their quotes.
   * Dollar-quoted bodies stay, without semicolons, since they may be code.
   */
  readonly code: string;
}

// PostgreSQL, Lexical Structure, §4.1. Each alternative matches one whole token; any other character stands for itself.
const tokens =
  /(?<comment>--[^\r\n]*)|(?<block>\/\*)|(?<escaped>\be'(?:[^'\\]|\\.|'')*')|(?<literal>'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*")|\$(?<tag>[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|(?<word>[\w\u0080-\uffff][\w$\u0080-\uffff]*)|(?<space>\s+)|(?<end>;)|./isy;

/** Splits a text into its statements, without empty ones. Does not check their syntax. */
export function splitStatements(text: string): BareStatement[] {
  const statements: BareStatement[] = [];
  let code = '';
  const finish = () => {
    if (code.trim() !== '') statements.push({ code: code.trim() });
    code = '';
  };
  let at = 0;
  while (at < text.length) {
    tokens.lastIndex = at;
    const [token = '', groups] = readToken(tokens.exec(text));
    at += token.length;
    if (groups.end !== undefined) finish();
    else if (groups.comment !== undefined || groups.space !== undefined) code += ' ';
    else if (groups.block !== undefined) {
      at = endOfComment(text, at);
      code += ' ';
    } else if (groups.escaped !== undefined || groups.literal !== undefined) code += bareLiteral(token);
    else if (groups.name !== undefined) code += bareName(token);
    else if (token.length > 1 && token.startsWith('$') && token.endsWith('$')) {
      const end = text.indexOf(token, at);
      const body = text.slice(at, end === -1 ? text.length : end);
      at += body.length + token.length;
      code += `$ ${body.replaceAll(';', ' ').toLowerCase()} $`;
    } else code += token.toLowerCase();
  }
  finish();
  return statements;
}

const readToken = (match: RegExpExecArray | null): [string | undefined, Record<string, string | undefined>] => [
  match?.[0],
  match?.groups ?? {},
];

/** Block comments nest (§4.1.5). @returns the end of the comment that was opened before `from` */
function endOfComment(text: string, from: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = from;
  let depth = 1;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
}

const bareLiteral = (literal: string): string => (/^'[\w.]{1,64}'$/.test(literal) ? literal.toLowerCase() : "''");

const bareName = (name: string): string => (/^"\w+"$/.test(name) ? name.slice(1, -1).toLowerCase() : '"_"');
