const messages = {
  ECONNREFUSED: 'connect ECONNREFUSED',
  ECONNRESET: 'read ECONNRESET',
  ERR_REDIRECT: 'unexpected redirect',
};

/** The error with which `fetch` rejects when it gets no answer: a TypeError, the code on its cause. */
export function createConnectionError(code: keyof typeof messages): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(messages[code]), { code }) });
}
