export const usage = `connect-auth-server: an authorization server that behaves like WorkOS Connect

  connect-auth-server serve                 until it is told to end
  connect-auth-server migrate               brings the tables up to date
  connect-auth-server seed FILE             makes what FILE names and what is not there yet
  connect-auth-server api-key create [NAME] prints a new key of the management API
  connect-auth-server api-key list          lists them, without the keys
  connect-auth-server api-key delete ID     from now on it opens nothing
  connect-auth-server apps list             lists the applications
  connect-auth-server keys list             lists the signing keys
  connect-auth-server keys rotate           the next key signs from now on

Where PGlite serves a process already, "apps list", "keys list" and "keys rotate" can ask that process:
  --server http://127.0.0.1:4000            with API_KEY

Environment variables
  PORT, HOST              default 4000 and 127.0.0.1
  ISSUER                  default http://127.0.0.1:$PORT
  DATABASE_URL            postgres://…; without it PGlite in a folder
  DATA_DIR                the folder; default .connect-auth
  ENCRYPTION_KEY          32 bytes, base64: openssl rand -base64 32; needed in production
  SECRET_PEPPER           goes into the hash of every client secret
  API_KEY                 a key of the management API, for development only
  ENVIRONMENT_CLIENT_ID   the audience of tokens; default: made once
  RESOURCES               resource indicators, with spaces between them
  SIGNING_ALGORITHM       RS256, PS256, ES256 or EdDSA; default RS256
  TOKEN_PROFILE           standard or workos; default standard
  SEED_FILE               applied at the start
  AUDIT_LOG               a file for the audit trail; default: the standard output`;
