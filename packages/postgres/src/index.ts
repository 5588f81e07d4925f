export type { AuditTableOptions } from './audit/audit-table-options.js';
export { auditTableSql } from './audit/audit-table-sql.js';
export { type PostgresSinkOptions, postgresSink } from './audit/postgres-sink.js';
export { type AuditChainReport, type VerifyAuditChainOptions, verifyAuditChain } from './audit/verify-audit-chain.js';
export { orgContextErrorOf } from './errors/org-context-error-of.js';
export { orgRefusalOf } from './errors/org-refusal-of.js';
export { OrgPool, type PostgresServerInfo } from './pool/org-pool.js';
export type { OrgPoolOptions } from './pool/org-pool-options.js';
export { RolledBackError } from './pool/rolled-back-error.js';
export type { PostgresClient } from './statement/postgres-client.js';
export { RefusedStatementError, type RefusedStatementReason } from './statement/refused-statement-error.js';
export type { FindingCode, WallFinding } from './verify/finding.js';
export { OrgIsolationUnverifiedError } from './verify/org-isolation-unverified-error.js';
export type { ProbedTable, ProbeWallsOptions } from './verify/probe-options.js';
export { probeWalls, type WallLeak } from './verify/probe-walls.js';
export { type RequireWallsOptions, requireWalls } from './verify/require-walls.js';
export type { AcceptedFinding, VerifyWallsOptions } from './verify/verify-options.js';
export { verifyWalls, type WallReport } from './verify/verify-walls.js';
export {
  type CompositeForeignKeyOptions,
  compositeForeignKeySql,
  type ReferentialAction,
} from './wall/composite-foreign-key-sql.js';
export type { ContextMode, ContextOptions } from './wall/context-options.js';
export { contextSql } from './wall/context-sql.js';
export { type OrgUniqueOptions, orgUniqueSql } from './wall/org-unique-sql.js';
export { type RolesOptions, rolesSql } from './wall/roles-sql.js';
export { dropSealKeySql, type SealKeyOptions, type SealKeyStatement, sealKeySql } from './wall/seal-key-sql.js';
export type { SealOptions } from './wall/seal-options.js';
export { type WallOptions, wallSql } from './wall/wall-sql.js';
