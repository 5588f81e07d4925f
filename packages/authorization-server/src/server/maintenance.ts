import { type Repetition, repeat } from '../runtime/repeat.js';
import { removeExpired } from './remove-expired.js';
import type { ServerParts } from './server-parts.js';

/** How often the signing keys are read again: how soon a rotation by another process is heard of. */
const keysEverySeconds = 5;
const lastUsedEverySeconds = 10;
const expiredEverySeconds = 60;

/** What a server does beside its requests. */
export class Maintenance {
  private readonly repetitions: readonly Repetition[];

  constructor(
    private readonly parts: ServerParts,
    report: (error: unknown) => void,
  ) {
    this.repetitions = [
      repeat(keysEverySeconds, () => parts.signingKeys.refresh(), report),
      repeat(lastUsedEverySeconds, () => this.writeLastUsed(), report),
      repeat(expiredEverySeconds, () => removeExpired(parts.context), report),
    ];
  }

  /** Ends it, and writes what was still to be written. */
  async stop(): Promise<void> {
    await Promise.all(this.repetitions.map((repetition) => repetition.stop()));
    await this.writeLastUsed();
  }

  private async writeLastUsed(): Promise<void> {
    await this.parts.clients.lastUsed.flush();
    await this.parts.apiKeys.lastUsed.flush();
  }
}
