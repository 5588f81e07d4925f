import type { QueryResult } from 'pg';
import { awaitOutcome } from './await-outcome.js';
import type { Binding } from './binding.js';
import { discardSession } from './discard-session.js';
import { requireCommit } from './rolled-back-error.js';
import type { SessionClient, SessionQuery } from './session-client.js';

interface OwnTransaction {
  readonly binding: Binding;
  readonly pipeline: boolean;
  readonly isSealed: boolean;
}

/** Runs a statement that stands outside any transaction block in a transaction of its own, bound to the organization. */
export async function runInOwnTransaction(
  client: SessionClient,
  query: SessionQuery,
  transaction: OwnTransaction,
): Promise<QueryResult> {
  const { binding, isSealed } = transaction;
  if (!(transaction.pipeline && query.canPipeline)) return await runInSteps(client, query, transaction);
  if (query.sendBound !== undefined && !isSealed) return await query.sendBound(binding());
  return await runInPipeline(client, query, transaction);
}

const beginOf = ({ isSealed }: OwnTransaction): string => (isSealed ? `BEGIN; ${discardSession}` : 'BEGIN');

/** One round trip. PostgreSQL answers each step, whichever of them fails. */
async function runInPipeline(
  client: SessionClient,
  query: SessionQuery,
  transaction: OwnTransaction,
): Promise<QueryResult> {
  const binding = transaction.binding();
  const [before, answered, committed] = client.pipeline(() => [
    Promise.all([client.send(beginOf(transaction)), client.send(binding)]),
    query.send(),
    client.send('COMMIT'),
  ]);
  const settled = Promise.allSettled([before, committed]);
  const outcome = await awaitOutcome(answered);
  await settled;
  client.endPipeline();
  // The earliest error is the cause; every step after it reports only that the transaction is aborted.
  await before;
  if ('error' in outcome) throw outcome.error;
  requireCommit(await committed);
  return outcome.value;
}

/** One round trip for each step. */
async function runInSteps(
  client: SessionClient,
  query: SessionQuery,
  transaction: OwnTransaction,
): Promise<QueryResult> {
  await client.send(beginOf(transaction));
  try {
    await client.send(transaction.binding());
    const result = await query.send();
    requireCommit(await client.send('COMMIT'));
    return result;
  } catch (error) {
    // The first error counts. If ROLLBACK fails as well, the connection is dead, and its transaction with it.
    if (client.getTransactionStatus() !== 'I') await client.send('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
