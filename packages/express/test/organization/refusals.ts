import { type Answer, missingToken, orgRequired } from '../answers.js';
import { wholeRefusal } from './ask.js';

const problem = (status: number, title: string, detail: string, error?: string): Answer => ({
  status,
  contentType: 'application/problem+json; charset=utf-8',
  cacheControl: 'no-store',
  challenge: error && `Bearer realm="api", error="${error}", error_description="${detail}"`,
  retryAfter: undefined,
  body: { type: 'about:blank', title, status, detail, ...(error && { error, error_description: detail }) },
});

/** 401: nobody asks. */
export const nobody = wholeRefusal(missingToken);

/** 403: for no organization, or for another one where that may be said. */
export const forbidden = wholeRefusal(orgRequired);

/** 404: there is nothing, or it is another organization's. */
export const notFound = wholeRefusal(problem(404, 'Not Found', 'There is no such resource'));

/** 400: the request names several organizations. */
export const ambiguous = wholeRefusal(
  problem(400, 'Bad Request', 'The request names more than one organization', 'invalid_request'),
);
