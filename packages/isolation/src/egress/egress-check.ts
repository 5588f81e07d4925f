import { ConfigurationError, checkTexts } from '@connect-auth/core';
import { OrgLeakError } from '../errors/org-leak-error.js';
import { findCurrentOrg } from '../frame/current-org.js';
import { findLeak, type Leak } from './find-leak.js';

/** What is done about another organization's data in an answer. */
export type EgressMode = 'off' | 'report' | 'block';

export interface EgressOptions {
  /** `block` sends 500 instead of the answer, `report` only tells `onLeak`, `off` does not look. Default: `block`. */
  readonly mode?: EgressMode;
  /** Names of fields below which other organizations may be named: `memberships`. Default: none. */
  readonly except?: readonly string[];
  /** Hears of every leak, for logs, metrics and alarms. What it throws is thrown away: it cannot let an answer through. */
  readonly onLeak?: (leak: Leak) => void;
}

/** Looks through answers. @throws OrgLeakError where one is not to be sent */
export type EgressCheck = (answer: unknown) => void;

const modes: readonly unknown[] = ['off', 'report', 'block'];

/**
 * Makes the check for the answers of one application.
 *
 * @throws ConfigurationError naming the option
 */
export function createEgressCheck({ mode = 'block', except = [], onLeak }: EgressOptions = {}): EgressCheck {
  if (!modes.includes(mode)) throw new ConfigurationError('mode', 'must be off, report or block');
  if (onLeak !== undefined && typeof onLeak !== 'function')
    throw new ConfigurationError('onLeak', 'must be a function');
  const exempt = new Set(checkTexts('except', except));
  if (mode === 'off') return () => undefined;
  return (answer) => {
    const leak = findLeak(answer, { orgId: findCurrentOrg(), except: exempt });
    if (leak === undefined) return;
    tell(onLeak, leak);
    if (mode === 'block') throw new OrgLeakError(leak);
  };
}

function tell(onLeak: EgressOptions['onLeak'], leak: Leak): void {
  try {
    onLeak?.(leak);
  } catch {
    // Whoever listens is not asked whether the answer may be sent.
  }
}
