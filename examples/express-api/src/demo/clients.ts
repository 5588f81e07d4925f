import { acme, globex } from '../sample-data.js';

/** The applications registered with the demo's issuer. Their secrets are good for this demo only. */
export const clients = {
  acme: {
    clientId: 'client_01DEMOACME00000000000000',
    clientSecret: 'demo-secret-of-acme',
    orgId: acme,
    scopes: ['projects:read', 'projects:write', 'activity:read'],
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
    scopes: ['projects:read', 'projects:write', 'activity:read'],
  },
  /** The client as which the API introspects tokens. */
  api: { clientId: 'client_01DEMOAPI00000000000000', clientSecret: 'demo-secret-of-the-api' },
} as const;
