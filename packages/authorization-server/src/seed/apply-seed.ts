import { ConfigurationError } from '@connect-auth/core';
import type { NewApiKey } from '../api-keys/new-api-key.js';
import { Refusal } from '../errors/refusal.js';
import { readNewApplication } from '../management/applications/application-body.js';
import type { AuthorizationServer } from '../server/authorization-server.js';
import type { ServerParts } from '../server/server-parts.js';
import { parseSeed, type SeedFile } from './seed-file.js';

/** The objects that a seed has created. Their secrets and keys are not available anywhere else. */
export interface SeedReport {
  readonly organizations: number;
  readonly users: number;
  readonly applications: number;
  readonly credentials: readonly { readonly name: string; readonly clientId: string; readonly clientSecret: string }[];
  readonly apiKeys: readonly NewApiKey[];
}

/**
 * Creates what does not exist yet, all of it or nothing, and leaves the rest unchanged. A new application gets one
 * credential, unless it is public.
 *
 * @throws ConfigurationError for a seed that contradicts itself or the existing data
 */
export async function applySeed(server: AuthorizationServer, seed: unknown): Promise<SeedReport> {
  const wanted = parseSeed(seed);
  refuseForeign(server, wanted);
  const { context } = server.parts;
  return context.audit.as({ actor: { type: 'command', id: 'seed' } }, () =>
    context.storage.alone('seed', async () => {
      const organizations = await addOrganizations(server.parts, wanted);
      const users = await addUsers(server.parts, wanted);
      const credentials = await addApplications(server.parts, wanted);
      const apiKeys = await addApiKeys(server.parts, wanted);
      return { organizations, users, ...credentials, apiKeys };
    }),
  );
}

/** Refuses entries for a directory that the application supplies: nothing would ever read them. */
function refuseForeign({ options }: AuthorizationServer, seed: SeedFile): void {
  for (const name of ['organizations', 'users'] as const) {
    if (options[name] === undefined || seed[name].length === 0) continue;
    throw new ConfigurationError(`seed file: ${name}:`, `belong to the directory of the option ${name}`);
  }
}

async function addOrganizations({ organizations }: ServerParts, seed: SeedFile): Promise<number> {
  let added = 0;
  for (const { id, name } of seed.organizations) {
    if ((await organizations.find(id)) !== undefined) continue;
    await organizations.create({ id, name });
    added += 1;
  }
  return added;
}

async function addUsers({ users, memberships }: ServerParts, seed: SeedFile): Promise<number> {
  let added = 0;
  for (const user of seed.users) {
    const { id, email, first_name: firstName, last_name: lastName, organization_ids } = user;
    if ((await users.find(id)) === undefined) {
      await at(`users: ${id}`, () => users.create({ id, email, emailVerified: true, firstName, lastName }));
      added += 1;
    }
    for (const organizationId of organization_ids) {
      if (await users.isMember(id, organizationId)) continue;
      await at(`users: ${id}: ${organizationId}`, () => memberships.create({ userId: id, organizationId }));
    }
  }
  return added;
}

async function addApplications({ applications, clientSecrets }: ServerParts, seed: SeedFile) {
  const credentials: { name: string; clientId: string; clientSecret: string }[] = [];
  let added = 0;
  for (const { client_id: clientId, ...body } of seed.applications) {
    if ((await applications.find(clientId)) !== undefined) continue;
    const application = await at(`applications: ${clientId}`, async () =>
      applications.create({ ...readNewApplication(body), clientId }),
    );
    added += 1;
    if (application.usesPkce) continue;
    const { secret } = await clientSecrets.create(application);
    credentials.push({ name: application.name, clientId, clientSecret: secret });
  }
  return { applications: added, credentials };
}

async function addApiKeys({ apiKeys }: ServerParts, seed: SeedFile): Promise<readonly NewApiKey[]> {
  const added: NewApiKey[] = [];
  const names = new Set((await apiKeys.list()).map(({ name }) => name));
  for (const { name } of seed.api_keys) {
    if (!names.has(name)) added.push(await apiKeys.create(name));
  }
  return added;
}

/** Reports what the management API would refuse to the author of the file, with the place at fault. */
async function at<Result>(place: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) throw new ConfigurationError(`seed file: ${place}:`, error.message);
    throw error;
  }
}
