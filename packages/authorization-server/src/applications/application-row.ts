import type { ServerContext } from '../context/server-context.js';
import { dateOf } from '../runtime/clock.js';
import type { applications } from '../storage/schema/applications.js';
import type { NewApplication } from './new-application.js';
import { resolveRedirectUris } from './redirect-uris.js';

export type Application = typeof applications.$inferSelect;

/** Makes the row of a new application, and fills in what was left out. @throws Refusal `invalid` */
export function toApplicationRow({ storage, clock, newId }: ServerContext, wanted: NewApplication): Application {
  const now = dateOf(clock);
  return {
    environmentId: storage.environmentId,
    id: wanted.id ?? newId('conn_app_'),
    clientId: wanted.clientId ?? newId('client_'),
    name: wanted.name,
    description: wanted.description ?? null,
    applicationType: wanted.applicationType,
    isFirstParty: wanted.isFirstParty,
    usesPkce: wanted.usesPkce ?? false,
    wasDynamicallyRegistered: wanted.wasDynamicallyRegistered ?? false,
    organizationId: wanted.organizationId ?? null,
    redirectUris: resolveRedirectUris(wanted.redirectUris ?? []),
    scopes: [...(wanted.scopes ?? [])],
    createdAt: now,
    updatedAt: now,
  };
}
