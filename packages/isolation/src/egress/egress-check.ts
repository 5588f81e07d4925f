import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkTexts, withRefusalDetails } from '@connect-auth/core/adapter';
import { OrgLeakError } from '../errors/org-leak-error.js';
import { findLeak, type OrgLeak } from './find-leak.js';

/** How another organization's data in an answer is handled. */
export type EgressMode = 'off' | 'report' | 'block';

export interface EgressOptions {
  /** `block` sends 500 instead of the answer, `report` only calls `onLeak`, `off` does not look. Default: `block`. */
  readonly mode?: EgressMode;
  /**
   * Further names of fields that hold an organization's id, matched exactly as spelt: `tenant_id`. Default: none;
   * `org_id`, `organizationId` and their spellings are known.
   */
  readonly fields?: readonly string[];
  /** Names of fields below which other organizations may be named: `memberships`. Default: none. */
  readonly except?: readonly string[];
  /**
   * Called for every leak, for logs, metrics and alarms. Errors thrown by it are ignored: they cannot release an
   * answer.
   */
  readonly onLeak?: (leak: OrgLeak) => unknown;
}

/**
 * Checks an answer against the organization of its caller; undefined if there is none. The organization of the frame
 * does not count: an event or a batch may send an answer from within another organization's frame.
 *
 * @throws OrgLeakError if the answer must not be sent
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
  // A listener has no say in whether the answer may be sent.
  const ignore = () => undefined;
  try {
    const told: unknown = onLeak?.(leak);
    if (told instanceof Promise) told.catch(ignore);
  } catch {
    ignore();
  }
}
