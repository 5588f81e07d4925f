/**
 * Another organization's data was about to be sent, and was held back: 500 `org_leak_blocked`. The caller learns
 * nothing about the data; `path` and `foreignOrgId` are for the operator.
 */
export class OrgLeakError extends Error {
  override readonly name = 'OrgLeakError';
  readonly code = 'org_leak_blocked';
  readonly status = 500;
  /** The place in the answer. Not enumerable, nor is `foreignOrgId`: an error handler may show the rest. */
  declare readonly path: string;
  declare readonly foreignOrgId: string;

  constructor(leak: { readonly path: string; readonly orgId: string }) {
    super('The answer held data of another organization, and was not sent.');
    Object.defineProperty(this, 'path', { value: leak.path });
    Object.defineProperty(this, 'foreignOrgId', { value: leak.orgId });
  }
}
