import { createHash } from 'node:crypto';
import { dollarQuote, quoteIdentifier, quoteLiteral } from './quote-identifier.js';

interface Constraint {
  /** Quoted and qualified. */
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** Adds a constraint unless the table has one of that name. */
export const addConstraintSql = ({ table, name, definition }: Constraint): string =>
  `DO ${dollarQuote(
    `
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint
                 WHERE conrelid = ${quoteLiteral(table)}::pg_catalog.regclass AND conname = ${quoteLiteral(name)}) THEN
    ALTER TABLE ${table} ADD CONSTRAINT ${quoteIdentifier(name)} ${definition};
  END IF;
END
`,
    'constraint',
  )};`;

/** Joins the words. PostgreSQL cuts off long names, so their end is replaced by a hash that keeps two of them distinct. */
export function nameConstraint(words: readonly string[]): string {
  const name = words.join('_');
  if (Buffer.byteLength(name) <= 63) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12);
  let start = name;
  while (Buffer.byteLength(start) > 50) start = [...start].slice(0, -1).join('');
  return `${start}_${hash}`;
}
