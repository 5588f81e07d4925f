/** One value as itself, several as a list: which of them is meant nobody can tell. */
const together = (values: readonly unknown[]): unknown => (values.length > 1 ? values : values[0]);

/**
 * What a header says: all of it, and not the list with commas that Node.js makes of several.
 *
 * @param rawHeaders names and values by turns
 */
export function namedInHeaders(rawHeaders: readonly string[], name: string): unknown {
  const wanted = name.toLowerCase();
  return together(rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === wanted));
}

/**
 * What a parameter of the query says. Read from the URL, since it is for the application to set whether `org_id[]` becomes
 * a list.
 */
export function namedInQuery(url: string, name: string): unknown {
  const entries = [...new URLSearchParams(url.split('?').slice(1).join('?'))];
  const isList = entries.some(([key]) => key.startsWith(`${name}[`));
  const values = entries.filter(([key]) => key === name).map(([, value]) => value);
  return isList ? [values] : together(values);
}
