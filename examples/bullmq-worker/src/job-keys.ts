import type { EnvelopeKey } from '@connect-auth/isolation';

/**
 * The keys of `JOB_KEYS`: `kid:secret` of each, with commas in between, and the one that signs first. A secret comes from
 * `openssl rand -base64 32`. The same variable for those who queue and for those who run; a new key in three steps:
 *
 * 1. `old,new` everywhere: whoever runs jobs knows it.
 * 2. `new,old` everywhere: it signs. Jobs of the old one are still run.
 * 3. `new`, once the last of these jobs is done or too old.
 *
 * @throws Error for a variable that is missing, or an entry that is no `kid:secret`
 */
export function readJobKeys(keys = process.env.JOB_KEYS): readonly EnvelopeKey[] {
  if (!keys) throw new Error('JOB_KEYS is missing: kid:secret, with commas in between');
  return keys.split(',').map((entry, at) => {
    const [kid, secret, ...rest] = entry.trim().split(':');
    if (!kid || !secret || rest.length > 0) throw new Error(`JOB_KEYS: entry ${at + 1} is not kid:secret`);
    return { kid, secret };
  });
}
