export const usage = `connect-auth-postgres: the organization walls of a PostgreSQL database

  connect-auth-postgres plan FILE.json      prints the SQL that the tables named in FILE still need
  connect-auth-postgres plan --tables a,b   the same for tables of the schema app
  connect-auth-postgres verify [FILE.json]  lists the ways past the walls, and exits with 1 if there is one
  connect-auth-postgres doctor              explains the connection

The database
  --url postgres://…      default: DATABASE_URL

plan changes nothing. The members of its FILE
  tables                  required
  schema, column          default app and org_id
  owner, runtime          the roles; default app_owner and app_user
  hierarchy               whether rows of organizations below may be read; default false
  context                 schema, mode (bound or sealed), privateSchema

verify checks the role that it connects as. The members of its FILE are the options of verifyWalls; also
  --schemas a,b           default app
  --column NAME           default org_id
  --role NAME             a role other than the one that connects
  --global a.b,a.c        tables that belong to no organization
  --json                  the report as JSON`;
