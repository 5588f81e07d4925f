interface Answer {
  readonly verifiedBy?: string;
  readonly resource?: string;
  readonly error?: string;
}

/** The names in a list, or the one member that tells something. */
export function summarize(body: string): string {
  const answer: Answer | { name: string }[] = JSON.parse(body);
  if (Array.isArray(answer)) return answer.map(({ name }) => name).join(', ');
  const { verifiedBy, resource, error } = answer;
  return verifiedBy === undefined ? (resource ?? error ?? '') : `verified by ${verifiedBy}`;
}
