import { createHash, hkdfSync } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { and, eq, lte } from 'drizzle-orm';
import type { Request } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { seal, unseal } from '../keys/sealed.js';
import { dateOf } from '../runtime/clock.js';
import { AuthorizationServer } from '../server/authorization-server.js';
import type { Database } from '../storage/database.js';
import { idempotentAnswers } from '../storage/schema/secrets.js';
import { findAuditActor } from './audit-actor.js';
import { conflictingKey, invalidKey, unnamedCaller } from './idempotency-errors.js';
import { ManagementError } from './management-error.js';

const keepSeconds = 24 * 60 * 60;
const maxKeyLength = 255;

/**
 * Gives a `POST` with an `Idempotency-Key` its effect once: a repeated request receives the first response again.
 * Effect and response are stored in one transaction. A second request waits while the first is in progress, and after a
 * crash it finds neither.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined) return next.handle();
    if (typeof key !== 'string' || key === '' || key.length > maxKeyLength) throw invalidKey(maxKeyLength);
    const caller = callerOf(request);
    if (caller === undefined) throw unnamedCaller();
    return from(this.once(request, `${caller}\0${key}`, () => lastValueFrom(next.handle())));
  }

  /** @param secret known to this caller only, so that nobody else can find or read the response */
  private once(request: Request, secret: string, handle: () => Promise<unknown>): Promise<unknown> {
    const { storage } = this.server.parts.context;
    const keyHash = this.derive(secret, 'find');
    const requestHash = hashRequest(request);
    return storage.transaction(async (db) => {
      if (!(await this.claim(db, keyHash, requestHash))) return this.recall(db, keyHash, requestHash, secret);
      const answer = await handle();
      await db
        .update(idempotentAnswers)
        .set({ sealedBody: seal(this.derive(secret, 'seal'), JSON.stringify(answer), storage.environmentId) })
        .where(this.where(keyHash));
      return answer;
    });
  }

  /** @returns false if there is a response already: the insertion has waited for an earlier request */
  private async claim(db: Database, keyHash: Buffer, requestHash: Buffer): Promise<boolean> {
    const { storage, clock } = this.server.parts.context;
    await db.delete(idempotentAnswers).where(and(this.where(keyHash), lte(idempotentAnswers.expiresAt, dateOf(clock))));
    const expiresAt = new Date(clock.now() + keepSeconds * 1000);
    const inserted = await db
      .insert(idempotentAnswers)
      .values({ environmentId: storage.environmentId, keyHash, requestHash, expiresAt })
      .onConflictDoNothing()
      .returning({ expiresAt: idempotentAnswers.expiresAt });
    return inserted.length > 0;
  }

  private async recall(db: Database, keyHash: Buffer, requestHash: Buffer, secret: string): Promise<unknown> {
    const [found] = await db.select().from(idempotentAnswers).where(this.where(keyHash));
    if (found === undefined || found.sealedBody === null) throw new Error('an answer without its effect');
    if (!found.requestHash.equals(requestHash)) throw conflictingKey();
    return JSON.parse(unseal(this.derive(secret, 'seal'), found.sealedBody, found.environmentId));
  }

  /** Derives the keys that a response is found by and encrypted with, from the caller's secret and the server's. */
  private derive(secret: string, purpose: 'find' | 'seal'): Buffer {
    const { answerKey } = this.server.settings;
    return Buffer.from(hkdfSync('sha256', secret, answerKey, `connect-auth/idempotency/${purpose}`, 32));
  }

  private where(keyHash: Buffer) {
    const { environmentId } = this.server.parts.context.storage;
    return and(eq(idempotentAnswers.environmentId, environmentId), eq(idempotentAnswers.keyHash, keyHash));
  }
}

/** Names the caller by everything that tells two callers apart: the credentials, and the name a guard has given. */
function callerOf(request: Request): string | undefined {
  const { authorization } = request.headers;
  const { type, id } = findAuditActor(request) ?? { type: 'custom', id: null };
  if (authorization === undefined && id === null) return undefined;
  return JSON.stringify([authorization ?? null, type, id]);
}

/** @throws ManagementError 400 for a body nested too deeply to be serialized again */
function hashRequest({ method, originalUrl, body }: Request): Buffer {
  try {
    return createHash('sha256')
      .update(`${method} ${originalUrl}\n${JSON.stringify(body ?? null)}`)
      .digest();
  } catch {
    throw new ManagementError(400, 'invalid_request', 'The request cannot be read.');
  }
}
