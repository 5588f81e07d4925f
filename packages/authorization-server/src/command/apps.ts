import { toApplicationResource } from '../management/applications/application-resource.js';
import type { AuthorizationServer } from '../server/authorization-server.js';
import { type Command, type CommandCall, callServer, withServer } from './command.js';
import { toTable } from './table.js';

interface ApplicationResource {
  readonly name: string;
  readonly client_id: string;
  readonly application_type: string;
  readonly organization_id?: string;
  readonly scopes: readonly string[];
}

const pageSize = 100;

/** `apps list`: every application, including those registered dynamically. */
export const listApplications: Command = async (call) => {
  const found =
    call.server === undefined ? await withServer(call, 'apps list', listFromData) : await listFromServer(call);
  const rows = found.map(({ name, client_id, application_type, organization_id, scopes }) => [
    name,
    client_id,
    application_type,
    organization_id ?? '-',
    scopes.join(' ') || '-',
  ]);
  call.print(toTable([['NAME', 'CLIENT ID', 'TYPE', 'ORGANIZATION', 'SCOPES'], ...rows]));
};

async function listFromData({ parts }: AuthorizationServer): Promise<readonly ApplicationResource[]> {
  const registrationTypes = ['authenticated', 'dynamic'] as const;
  const found: ApplicationResource[] = [];
  let after: string | null | undefined;
  do {
    const page = { limit: pageSize, order: 'asc', after: after ?? undefined } as const;
    const listed = await parts.applications.list(page, { registrationTypes });
    found.push(...listed.data.map((one) => toApplicationResource(one) as ApplicationResource));
    after = listed.after;
  } while (after !== null);
  return found;
}

async function listFromServer(call: CommandCall): Promise<readonly ApplicationResource[]> {
  const found: ApplicationResource[] = [];
  let after: string | null = '';
  do {
    const query = `limit=${pageSize}&order=asc&registration_types=authenticated,dynamic&after=${after}`;
    const page = (await callServer(call, 'GET', `/connect/applications?${query}`)) as {
      data: ApplicationResource[];
      list_metadata: { after: string | null };
    };
    found.push(...page.data);
    after = page.list_metadata.after;
  } while (after !== null);
  return found;
}
