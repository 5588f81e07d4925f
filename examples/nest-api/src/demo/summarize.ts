interface Answer {
  readonly paths?: object;
  readonly message?: string;
  readonly status?: string;
  readonly takenBy?: string;
  readonly verifiedBy?: string;
}

interface GraphqlAnswer {
  readonly data: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** The names in a list, the scopes in a document, or the one member that tells something. */
export function summarize(body: string): string {
  const answer: Answer | GraphqlAnswer | { name?: string; what?: string }[] = JSON.parse(body);
  if (Array.isArray(answer)) return answer.map(({ name, what }) => name ?? what).join(', ');
  if ('data' in answer) return summarizeGraphql(answer);
  const { paths, message, status, takenBy, verifiedBy } = answer;
  if (paths !== undefined) return [...new Set(body.match(/\w+:(read|write)/g))].join(', ');
  if (verifiedBy !== undefined) return `verified by ${verifiedBy}`;
  return takenBy === undefined ? (message ?? status ?? '') : `taken by ${takenBy}`;
}

function summarizeGraphql({ data, errors }: GraphqlAnswer): string {
  return errors === undefined ? JSON.stringify(data) : errors.map(({ extensions }) => extensions.code).join(', ');
}
