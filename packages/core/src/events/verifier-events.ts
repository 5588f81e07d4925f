import { EventEmitter } from 'node:events';
import { inspect } from 'node:util';
import type { Auth } from '../auth/auth.js';
import type { AuthError } from '../errors/auth-error.js';

/**
 * What a verifier tells those who count and record. No event holds a token, a key or a secret.
 *
 * - `accepted`: a token was accepted (`cached`: without any check but the clock's)
 * - `refused`: a token was refused, or could not be checked
 * - `keys_refreshed`, `keys_unavailable`: a fetch of the issuer's keys succeeded, or failed
 * - `introspected`: the issuer was asked about a token; `outcome` `failed` means that it did not answer
 * - `store_failed`: a shared store did not do its part, and the verifier went on without it
 */
export interface VerifierEvents {
  accepted: [event: { auth: Auth; cached: boolean; live: boolean }];
  refused: [event: { error: AuthError }];
  keys_refreshed: [event: { issuer: string; keys: number; durationMs: number }];
  keys_unavailable: [event: { issuer: string; error: unknown; durationMs: number }];
  introspected: [event: { issuer: string; outcome: 'active' | 'inactive' | 'failed'; durationMs: number }];
  store_failed: [event: { store: 'introspection' | 'revocations'; error: unknown }];
}

/** An error's own text; anything else that can be thrown may have none. */
const textOf = (error: unknown): string => (error instanceof Error ? String(error) : inspect(error));

/** Emits without ever letting a listener decide: what a listener throws becomes a process warning. */
export class VerifierEventEmitter {
  readonly #emitter = new EventEmitter<VerifierEvents>({ captureRejections: false });

  on<Name extends keyof VerifierEvents>(name: Name, listener: (...event: VerifierEvents[Name]) => void): () => void {
    // `await` takes what is thrown as well as what is rejected later.
    const guarded = async (...event: VerifierEvents[Name]) => {
      try {
        await listener(...event);
      } catch (error) {
        process.emitWarning(`a listener of "${name}" threw: ${textOf(error)}`, 'ConnectAuthWarning');
      }
    };
    this.#emitter.on(name, guarded as never);
    return () => {
      this.#emitter.off(name, guarded as never);
    };
  }

  /** Whether anybody listens: the hot path makes no event for nobody. */
  listens(name: keyof VerifierEvents): boolean {
    return this.#emitter.listenerCount(name) > 0;
  }

  emit<Name extends keyof VerifierEvents>(name: Name, ...event: VerifierEvents[Name]): void {
    this.#emitter.emit(name, ...(event as never));
  }

  removeAllListeners(): void {
    this.#emitter.removeAllListeners();
  }
}
