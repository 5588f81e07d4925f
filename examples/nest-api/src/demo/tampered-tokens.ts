/** The same token without a valid signature. */
export function withOtherSignature(token: string): string {
  const [header, payload, signature = ''] = token.split('.');
  const other = Buffer.from(signature, 'base64url').map((byte) => byte ^ 1);
  return [header, payload, Buffer.from(other).toString('base64url')].join('.');
}

/** The same token with another value in its header. */
export function withHeader(token: string, change: object): string {
  const [header = '', ...rest] = token.split('.');
  const values = { ...JSON.parse(Buffer.from(header, 'base64url').toString()), ...change };
  return [Buffer.from(JSON.stringify(values)).toString('base64url'), ...rest].join('.');
}
