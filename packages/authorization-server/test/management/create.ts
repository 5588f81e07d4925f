import { manage } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';

const applications = '/connect/applications';

/** @returns its id */
export async function createOrganization(server: TestServer, name = 'Acme'): Promise<string> {
  return (await manage(server, 'POST', '/organizations', { name })).body.id;
}

/** @returns its id */
export async function createUser(server: TestServer, email: string): Promise<string> {
  return (await manage(server, 'POST', '/user_management/users', { email })).body.id;
}

/** @returns the whole application */
export async function createOauth(server: TestServer, fields: object = {}) {
  const body = { name: 'Web', application_type: 'oauth', is_first_party: true, ...fields };
  return (await manage(server, 'POST', applications, body)).body;
}

/** An M2M application of a new organization. @returns the whole application */
export async function createMachine(server: TestServer, fields: object = {}) {
  const organization_id = await createOrganization(server);
  const body = { name: 'Warehouse', application_type: 'm2m', organization_id, ...fields };
  return (await manage(server, 'POST', applications, body)).body;
}

/** @returns the whole answer of a new client secret */
export async function createSecret(server: TestServer, applicationId: string) {
  return (await manage(server, 'POST', `${applications}/${applicationId}/client_secrets`)).body;
}
