import type { Call } from './read-call.js';

/**
 * Whether a call can be sent in one go with others. pg reads `rows` in portions over several round trips; and while the
 * server waits for the data of a COPY it takes no notice of what was sent behind it.
 */
export const canPipeline = ({ text, query }: Call): boolean =>
  (typeof query === 'string' || !('rows' in query)) && !/\bcopy\b/i.test(text);
