/** A condition on an answer, besides its status. */
export type Told = (body: string, headers: Headers) => boolean;

/** It blames the token, with this error (RFC 6750 §3.1). */
export const challenge = (error: string): Told => {
  return (_, headers) => headers.get('www-authenticate')?.includes(`error="${error}"`) === true;
};

export const says = (text: string, not?: string): Told => {
  return (body) => body.includes(text) && (not === undefined || !body.includes(not));
};

/** It asks the client to try later, and does not blame the token. */
export const later: Told = (_, headers) => {
  return Number(headers.get('retry-after')) >= 1 && !headers.has('www-authenticate');
};
