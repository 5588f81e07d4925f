import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkTexts, withRefusalDetails } from '@connect-auth/core/adapter';
import { OrgLeakError } from '../errors/org-leak-error.js';
import { findLeak, type OrgLeak } from './find-leak.js';

/** What is done about another organization's data in an answer. */
export type EgressMode = 'off' | 'report' | 'block';

export interface EgressOptions {
  /** `block` sends 500 instead of the answer, `report` only tells `onLeak`, `off` does not look. Default: `block`. */
  readonly mode?: EgressMode;
  /**
   * Further names of fields that hold an organization's id: `tenant_id`, as they are spelt. Default: none; `org_id`,
   * `organizationId` and their spellings are known.
   */
  readonly fields?: readonly string[];
  /** Names of fields below which other organizations may be named: `memberships`. Default: none. */
  readonly except?: readonly string[];
  /** Hears of every leak, for logs, metrics and alarms. What it throws is thrown away: it cannot let an answer through. */
  readonly onLeak?: (leak: OrgLeak) => unknown;
}

/**
 * Looks through an answer for the caller of an organization; undefined where there is none. Not for that of the frame:
 * an answer may be sent from within another's, by an event or a batch.
 *
 * @throws OrgLeakError where it is not to be sent
 */
export type EgressCheck = (answer: unknown, orgId: string | undefined) => void;

const modes: readonly unknown[] = ['off', 'report', 'block'];

/**
 * Makes the check for the answers of one application.
 *
 * @throws ConfigurationError naming the option
 */
export function createEgressCheck(options: EgressOptions = {}): EgressCheck {
  checkKnown('', options, ['mode', 'fields', 'except', 'onLeak']);
  const { mode = 'block', fields = [], except = [], onLeak } = options;
  if (!modes.includes(mode)) throw new ConfigurationError('mode', 'must be off, report or block');
  if (onLeak !== undefined && typeof onLeak !== 'function')
    throw new ConfigurationError('onLeak', 'must be a function');
  const search = { fields: new Set(checkTexts('fields', fields)), except: new Set(checkTexts('except', except)) };
  if (mode === 'off') return () => undefined;
  return (answer, orgId) => {
    const leak = findLeak(answer, { orgId, ...search });
    if (leak === undefined) return;
    tell(onLeak, leak);
    if (mode !== 'block') return;
    const details = { layer: 'egress', rule: 'orgEgress', ownerOrg: leak.orgId } as const;
    throw withRefusalDetails(new OrgLeakError(leak), details);
  };
}

function tell(onLeak: EgressOptions['onLeak'], leak: OrgLeak): void {
  // Whoever listens is not asked whether the answer may be sent.
  const ignore = () => undefined;
  try {
    const told: unknown = onLeak?.(leak);
    if (told instanceof Promise) told.catch(ignore);
  } catch {
    ignore();
  }
}
