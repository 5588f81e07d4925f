import type { EnvelopeKey } from '@connect-auth/isolation';

/**
 * Reads the keys of `JOB_KEYS`: a list of `kid:secret`, separated by commas, of which the first signs. Make a secret with
 * `openssl rand -base64 32`. Producers and workers have the same variable. To rotate a key:
 *
 * 1. `old,new` everywhere: every worker knows the new key.
 * 2. `new,old` everywhere: the new key signs, and jobs signed with the old one still run.
 * 3. `new`, once the last job signed with the old key is done or too old.
 *
 * @throws Error if the variable is missing, or an entry is not a `kid:secret`
 */
export function readJobKeys(keys = process.env.JOB_KEYS): readonly EnvelopeKey[] {
  if (!keys) throw new Error('JOB_KEYS is missing: kid:secret, with commas in between');
  return keys.split(',').map((entry, at) => {
    const [kid, secret, ...rest] = entry.trim().split(':');
    if (!kid || !secret || rest.length > 0) throw new Error(`JOB_KEYS: entry ${at + 1} is not kid:secret`);
    return { kid, secret };
  });
}
