import type { SigningKeyStatus } from '../storage/schema/secrets.js';

interface Times {
  readonly status: SigningKeyStatus;
  readonly activatedAt: Date | null;
  readonly retiredAt: Date | null;
  readonly tokenSeconds: number;
}

/** Clocks differ, and verifiers tolerate the difference. */
const marginSeconds = 300;

/** Decides when a key has signed long enough, and when the last token that it signed has expired. */
export class KeyRotation {
  constructor(
    /** null: rotated only by command. */
    private readonly everySeconds: number | null,
    /** The current lifetime of tokens. */
    readonly tokenSeconds: number,
  ) {}

  isDue({ status, activatedAt }: Times, now: Date): boolean {
    if (status !== 'active' || activatedAt === null || this.everySeconds === null) return false;
    return hasPassed(activatedAt, this.everySeconds, now);
  }

  /** Tells whether a retired key can go: it is published as long as its tokens live. */
  isOver({ status, retiredAt, tokenSeconds }: Times, now: Date): boolean {
    return status === 'retired' && retiredAt !== null && hasPassed(retiredAt, tokenSeconds + marginSeconds, now);
  }
}

const hasPassed = (since: Date, seconds: number, now: Date) => since.getTime() + seconds * 1000 <= now.getTime();
