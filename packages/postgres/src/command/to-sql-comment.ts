/** A comment on a single line: a line break in a name would end it. */
export const toSqlComment = (text: string): string => `-- ${text.replaceAll(/[\r\n]+/g, ' ')}`;
