import type { Response } from 'supertest';
import type { Answer } from '../answers.js';

const refusal = (status: number, title: string, detail: string, challenge?: string): Answer => ({
  status,
  contentType: 'application/problem+json; charset=utf-8',
  cacheControl: 'no-store',
  challenge,
  retryAfter: undefined,
  body: { type: 'about:blank', title, status, detail },
});

/** What is told of an object that does not exist, and of everything of another organization. */
export const notFound = refusal(404, 'Not Found', 'There is no such resource');

const twoNamed = 'The request names more than one organization';
const ambiguous = refusal(
  400,
  'Bad Request',
  twoNamed,
  `Bearer realm="api", error="invalid_request", error_description="${twoNamed}"`,
);
export const orgAmbiguous: Answer = {
  ...ambiguous,
  body: { ...(ambiguous.body as object), error: 'invalid_request', error_description: twoNamed },
};

/** Every header and every byte; the date is the server's. */
export function bytesOf({ status, headers, text }: Response) {
  const { date: _, ...others } = headers as Record<string, string>;
  return { status, headers: others, text };
}
