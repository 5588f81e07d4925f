import { ConfigurationError } from '@connect-auth/core';
import { eq } from 'drizzle-orm';
import type { ServerContext } from '../context/server-context.js';
import { dateOf } from '../runtime/clock.js';
import { environments } from '../storage/schema/environments.js';
import { brokenConstraint } from '../storage/storage-failure.js';

/** @returns the client id of the environment: the configured one, or else the one generated at the first start */
export async function resolveEnvironment({ storage, clock, newId }: ServerContext, wanted?: string): Promise<string> {
  const row = { id: storage.environmentId, clientId: wanted ?? newId('client_'), createdAt: dateOf(clock) };
  const insertion = storage.db.insert(environments).values(row);
  if (wanted === undefined) await insertion.onConflictDoNothing();
  else {
    try {
      await insertion.onConflictDoUpdate({ target: environments.id, set: { clientId: wanted } });
    } catch (error) {
      if (brokenConstraint(error) === undefined) throw error;
      throw new ConfigurationError('environmentClientId', 'is the one of another environment in this database');
    }
  }

  const [found] = await storage.db.select().from(environments).where(eq(environments.id, storage.environmentId));
  return (found ?? row).clientId;
}
