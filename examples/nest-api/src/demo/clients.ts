import { acme, globex } from '../sample-data.js';

const all = ['projects:read', 'projects:write', 'tasks:read', 'tasks:write', 'activity:read'];

/** The applications that are registered at the demo's issuer. Their secrets open nothing but this demo. */
export const clients = {
  acme: {
    clientId: 'client_01DEMOACME00000000000000',
    clientSecret: 'demo-secret-of-acme',
    orgId: acme,
    scopes: all,
  },
  acmeReader: {
    clientId: 'client_01DEMOACMEREADER0000000',
    clientSecret: 'demo-secret-of-acme-reader',
    orgId: acme,
    scopes: ['projects:read'],
  },
  acmeOpaque: {
    clientId: 'client_01DEMOACMEOPAQUE0000000',
    clientSecret: 'demo-secret-of-acme-opaque',
    orgId: acme,
    scopes: ['projects:read'],
    tokenFormat: 'opaque',
  },
  globex: {
    clientId: 'client_01DEMOGLOBEX0000000000000',
    clientSecret: 'demo-secret-of-globex',
    orgId: globex,
    scopes: all,
  },
  /** The API itself, when it asks about tokens. */
  api: { clientId: 'client_01DEMOAPI00000000000000', clientSecret: 'demo-secret-of-the-api' },
} as const;
