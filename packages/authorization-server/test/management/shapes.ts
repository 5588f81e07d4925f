import { expect } from '@jest/globals';
import type { Answer } from '../kit/client.js';

/** Matches a prefix and a ULID. */
export const idLike = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}[0-7][0-9A-HJKMNP-TV-Z]{25}$`));

/** Matches ISO 8601 in UTC, to the millisecond. */
export const aMoment = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);

/** What a test compares of an answer. */
export const seen = ({ status, body }: Answer) => ({ status, body });

/** The 422 for fields at fault: each with its code and its sentence. */
export const refusal = (...errors: [field: string, code: string, message: string][]) => ({
  status: 422,
  body: {
    code: 'invalid_request_parameters',
    message: errors.map(([, , message]) => message).join(' '),
    errors: errors.map(([field, code, message]) => ({ field, code, message })),
  },
});

/** The 404 for what is not there. @param what as it stands in the sentence: `Application` */
export const unknown = (what: string) => ({
  status: 404,
  body: { message: `${what} not found.`, code: 'entity_not_found' },
});

/** The 204, which says nothing. */
export const gone = { status: 204, body: '' };

export const unauthorized = {
  status: 401,
  body: { message: 'The API key is missing or not valid.', code: 'unauthorized' },
};
