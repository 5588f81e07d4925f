import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import { defaultOwner, defaultRuntime } from './context-options.js';
import { checkIdentifier, dollarQuote, quoteIdentifier, quoteLiteral } from './quote-identifier.js';

export interface RolesOptions {
  /** Owns the tables, and cannot log in: migrations run as it, by `SET ROLE`. Default: `app_owner`. */
  readonly owner?: string;
  /** The role that the application logs in with; the operator sets its password. Default: `app_user`. */
  readonly runtime?: string;
}

/**
 * Creates the two roles, unless they exist. An existing role is left as it is, but refused if it can bypass row-level
 * security (PostgreSQL, "Row Security Policies": superusers and BYPASSRLS).
 *
 * @throws ConfigurationError
 */
export function rolesSql(options: RolesOptions = {}): string {
  checkKnown('', options, ['owner', 'runtime']);
  const owner = checkIdentifier('owner', options.owner ?? defaultOwner);
  const runtime = checkIdentifier('runtime', options.runtime ?? defaultRuntime);
  if (owner === runtime) throw new ConfigurationError('runtime', 'must be another role than the owner');
  return [createRoleSql(owner, 'NOLOGIN'), createRoleSql(runtime, 'LOGIN')].join('\n');
}

const createRoleSql = (role: string, login: 'LOGIN' | 'NOLOGIN'): string =>
  `DO ${dollarQuote(
    `
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${quoteLiteral(role)}) THEN
    CREATE ROLE ${quoteIdentifier(role)} ${login} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
  ELSIF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${quoteLiteral(role)}
                AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)) THEN
    RAISE EXCEPTION USING MESSAGE = ${quoteLiteral(`role ${role} must not be able to step over row-level security`)};
  END IF;
END
`,
    'role',
  )};`;
