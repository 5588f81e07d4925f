import { apiKey, type TestServer } from './open-server.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server says; tests look at it closely.
  readonly body: any;
}

/** Sends JSON to the management API. */
export async function manage(
  { issuer }: Pick<TestServer, 'issuer'>,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(issuer + path, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return answerOf(response);
}

/** Posts a form to an OAuth endpoint. */
export async function post(
  { issuer }: Pick<TestServer, 'issuer'>,
  path: string,
  form: Record<string, string> | URLSearchParams,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return answerOf(await fetch(issuer + path, { method: 'POST', headers, body: new URLSearchParams(form) }));
}

export async function get({ issuer }: Pick<TestServer, 'issuer'>, path: string, headers: Record<string, string> = {}) {
  return answerOf(await fetch(issuer + path, { headers }));
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}

export interface M2m {
  readonly organizationId: string;
  readonly applicationId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly secretId: string;
  /** What a form needs for the client to authenticate in the body. */
  readonly credentials: { readonly client_id: string; readonly client_secret: string };
}

/** An organization with an M2M application that has one secret. */
export async function createM2m(server: TestServer, scopes = ['projects:read', 'projects:write']): Promise<M2m> {
  const organization = await manage(server, 'POST', '/organizations', { name: 'Acme' });
  const application = await manage(server, 'POST', '/connect/applications', {
    name: 'Warehouse',
    application_type: 'm2m',
    organization_id: organization.body.id,
    scopes,
  });
  const secret = await manage(server, 'POST', `/connect/applications/${application.body.id}/client_secrets`);
  const { client_id } = application.body;
  return {
    organizationId: organization.body.id,
    applicationId: application.body.id,
    clientId: client_id,
    clientSecret: secret.body.secret,
    secretId: secret.body.id,
    credentials: { client_id, client_secret: secret.body.secret },
  };
}

/** An access token by the client credentials grant. */
export async function grant(server: TestServer, m2m: M2m, form: Record<string, string> = {}): Promise<string> {
  const answer = await post(server, '/oauth2/token', {
    grant_type: 'client_credentials',
    ...m2m.credentials,
    ...form,
  });
  return answer.body.access_token;
}
