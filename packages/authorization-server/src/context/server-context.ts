import type { AuditRecorder } from '../audit/audit-recorder.js';
import type { Clock } from '../runtime/clock.js';
import type { NewId } from '../runtime/new-id.js';
import type { Storage } from '../storage/storage.js';

/** What every part of the server shares. */
export interface ServerContext {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly audit: AuditRecorder;
}
