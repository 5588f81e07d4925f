/** The problem (RFC 9457 §3) sent in place of an answer with another organization's data, whatever the answer was. */
export const leakProblem = Object.freeze({
  type: 'about:blank',
  title: 'Internal Server Error',
  status: 500,
  detail: 'The answer was not sent',
  error: 'org_leak_blocked',
} as const);

/** The headers of that problem. */
export const leakProblemHeaders: Readonly<Record<string, string>> = Object.freeze({
  'Content-Type': 'application/problem+json; charset=utf-8',
  'Cache-Control': 'no-store',
});

/** Headers that may describe the answer that is not sent, set before it was checked; in lower case. */
export const contentHeaders: readonly string[] = [
  'etag',
  'last-modified',
  'location',
  'link',
  ...['disposition', 'encoding', 'language', 'length', 'location', 'range'].map((name) => `content-${name}`),
];
