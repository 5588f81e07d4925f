import { applyDecorators, Controller, UseFilters, UseGuards, UseInterceptors } from '@nestjs/common';
import { AuditInterceptor } from './audit.interceptor.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { ManagementGuard } from './management.guard.js';
import { ManagementErrorFilter } from './management-error.filter.js';

/** Makes a class a controller of the management API: guarded, idempotent, audited, with errors in WorkOS's shape. */
export function ManagementController(path: string): ClassDecorator {
  return applyDecorators(
    Controller(path),
    UseGuards(ManagementGuard),
    UseInterceptors(AuditInterceptor, IdempotencyInterceptor),
    UseFilters(ManagementErrorFilter),
  );
}
