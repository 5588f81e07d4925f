type Query = (sql: string) => Promise<Record<string, unknown>[]>;

/** Every row of every table as text, as whoever steals a backup has it. */
export async function dump(query: Query): Promise<string> {
  const tables = await query(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
     where table_schema = 'connect_auth' order by 1`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await query(`select row_to_json(t)::text as row from ${name} t`);
    texts.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return texts.join('\n');
}

/** A text in the ways in which it could stand in a column: as it is, and as bytes. */
export const writingsOf = (text: string): string[] => {
  const bytes = Buffer.from(text);
  return [text, bytes.toString('hex'), bytes.toString('base64').replaceAll('=', ''), bytes.toString('base64url')];
};
