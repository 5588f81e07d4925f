interface Answer {
  readonly verifiedBy?: string;
  readonly resource?: string;
  readonly name?: string;
  readonly title?: string;
}

/** An entry of the trail, or a project. */
type Entry = { readonly request: string; readonly decision: string } | { readonly name: string };

/** The names in a list, the events on record, or else the most telling member. */
export function summarize(body: string): string {
  const answer: Answer | Entry[] = JSON.parse(body);
  if (Array.isArray(answer)) return [...new Set(answer.map(summarizeEntry))].join(', ');
  const { verifiedBy, resource, name, title } = answer;
  return verifiedBy === undefined ? (resource ?? name ?? title ?? '') : `verified by ${verifiedBy}`;
}

const summarizeEntry = (entry: Entry): string =>
  'name' in entry ? entry.name : `${entry.request} ${entry.decision === 'allow' ? 'done' : 'refused'}`;
