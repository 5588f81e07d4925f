/** What the caller is told (RFC 9457 §3) in the place of an answer with another organization's data, whatever it was. */
export const leakProblem = Object.freeze({
  type: 'about:blank',
  title: 'Internal Server Error',
  status: 500,
  detail: 'The answer was not sent',
  error: 'org_leak_blocked',
} as const);

/** With these headers. */
export const leakProblemHeaders: Readonly<Record<string, string>> = Object.freeze({
  'Content-Type': 'application/problem+json; charset=utf-8',
  'Cache-Control': 'no-store',
});

/** What may have been said of the answer that is not sent, before anybody looked at it; in lower case. */
export const contentHeaders: readonly string[] = [
  'etag',
  'last-modified',
  'location',
  'link',
  ...['disposition', 'encoding', 'language', 'length', 'location', 'range'].map((name) => `content-${name}`),
];
