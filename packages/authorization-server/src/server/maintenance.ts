import { type Repetition, repeat } from '../runtime/repeat.js';
import { removeExpired } from './remove-expired.js';
import type { ServerParts } from './server-parts.js';

/** How often the signing keys are read again, and so how soon a rotation by another process is noticed. */
const keysEverySeconds = 5;
const lastUsedEverySeconds = 10;
const expiredEverySeconds = 60;

/** The background tasks of a server. */
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

  /** Stops the tasks, and writes pending data. */
  async stop(): Promise<void> {
    await Promise.all(this.repetitions.map((repetition) => repetition.stop()));
    await this.writeLastUsed();
  }

  private async writeLastUsed(): Promise<void> {
    await this.parts.clients.lastUsed.flush();
    await this.parts.apiKeys.lastUsed.flush();
  }
}
