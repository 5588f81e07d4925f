// What the frame of an organization costs by itself, and what it costs the awaits within it.
import { currentOrg, withOrg } from '@connect-auth/isolation';

const nothing = async () => undefined;
const awaits = async () => {
  for (let at = 0; at < 100; at += 1) await nothing();
};

export const calls = {
  'an async function': nothing,
  'withOrg()': () => withOrg('org_bench', nothing),
  'withOrg(), currentOrg()': () => withOrg('org_bench', async () => currentOrg()),
  '100 awaits': awaits,
  'withOrg(), 100 awaits': () => withOrg('org_bench', awaits),
};
