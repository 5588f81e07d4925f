import { inspect } from 'node:util';
import { describeRequest } from '@connect-auth/audit/adapter';
import { recordOf } from '@connect-auth/core/adapter';
import { orgRefusalOf } from '@connect-auth/postgres';

const http = { method: 'POST', route: '/tasks' };

/** The answer that an error of some work means, and what goes on record of it. Of one that means none: its SQLSTATE. */
export async function readRefusal(work: Promise<unknown>) {
  const error = await work.then(
    () => new Error('Nothing was thrown.'),
    (thrown: unknown) => thrown,
  );
  const refusal = orgRefusalOf(error);
  if (refusal === undefined) return { sqlState: /['"`](\d{5})['"`]/.exec(inspect(error, { depth: 9 }))?.[1] };
  const record = recordOf({});
  record.refusal = refusal;
  const { isolation } = describeRequest(record, { http, network: {} });
  return { status: refusal.status, reason: refusal.reason, description: refusal.description, isolation };
}

/** A row that names another organization: answered as what does not exist. */
export const hiddenRow = {
  status: 404,
  reason: 'org_mismatch',
  description: 'There is no such resource',
  isolation: { layer: 'database', rule: 'org_wall' },
};

/** A reference to what the organization does not have, whoever has it. */
export const unknownReference = {
  status: 422,
  reason: 'unknown_reference',
  description: 'The request refers to something that does not exist',
  isolation: { layer: 'database', rule: 'foreign key' },
};
