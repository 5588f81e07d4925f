export type { AuditTableOptions } from './audit/audit-table-options.js';
export { auditTableSql } from './audit/audit-table-sql.js';
export { type PostgresSinkOptions, postgresSink } from './audit/postgres-sink.js';
export { type ChainReport, type VerifyChainOptions, verifyAuditChain } from './audit/verify-audit-chain.js';
export { isUnknownReference } from './errors/is-unknown-reference.js';
export { isWallViolation } from './errors/is-wall-violation.js';
export { orgErrorOf } from './errors/org-error-of.js';
export { orgRefusalOf } from './errors/org-refusal-of.js';
export { OrgPool, type ServerDescription } from './pool/org-pool.js';
export type { OrgPoolOptions, PoolSeal } from './pool/org-pool-options.js';
export { RolledBackError } from './pool/rolled-back-error.js';
export { RefusedStatementError, type RefusedStatementReason } from './statement/refused-statement-error.js';
export type { FindingCode, WallFinding } from './verify/finding.js';
export { OrgIsolationUnverifiedError } from './verify/org-isolation-unverified-error.js';
export type { ProbedTable, ProbeOptions } from './verify/probe-options.js';
export { probeWalls, type WallLeak } from './verify/probe-walls.js';
export type { Queryable } from './verify/queryable.js';
export { type RequireWallsOptions, requireWalls } from './verify/require-walls.js';
export type { AcceptedFinding, VerifyOptions } from './verify/verify-options.js';
export { verifyWalls, type WallReport } from './verify/verify-walls.js';
export {
  type CompositeForeignKeyOptions,
  compositeForeignKeySql,
  type OnDelete,
} from './wall/composite-foreign-key-sql.js';
export type { ContextMode, ContextOptions } from './wall/context-options.js';
export { contextSql } from './wall/context-sql.js';
export { type OrgUniqueOptions, orgUniqueSql } from './wall/org-unique-sql.js';
export { type RolesOptions, rolesSql } from './wall/roles-sql.js';
export { dropSealKeySql, type SealKeyOptions, type Statement, sealKeySql } from './wall/seal-key-sql.js';
export { type SealedOrg, type SealOptions, sealOrg } from './wall/seal-org.js';
export { type WallOptions, wallSql } from './wall/wall-sql.js';
