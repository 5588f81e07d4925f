const messages = {
  ECONNREFUSED: 'connect ECONNREFUSED',
  ECONNRESET: 'read ECONNRESET',
  ERR_REDIRECT: 'unexpected redirect',
};

/** Creates the error with which `fetch` rejects without an answer: a TypeError, with the code on its cause. */
export function createConnectionError(code: keyof typeof messages): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(messages[code]), { code }) });
}
