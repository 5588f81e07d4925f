// What is done with a list before it is sent: made JSON of, and looked through for what is another organization's.
import { createEgressCheck } from '@connect-auth/isolation';
import { readSentJson } from '@connect-auth/isolation/adapter';
import { projectRows } from './projects.mjs';

const orgId = 'org_bench';
const rows = projectRows(orgId, 500);
const check = createEgressCheck();

export const calls = {
  'JSON.stringify': () => JSON.stringify(rows),

  'check, JSON.stringify': () => {
    check(rows, orgId);
    return JSON.stringify(rows);
  },

  // As `res.send(text)` does it.
  'JSON.stringify, read again and checked': () => {
    const text = JSON.stringify(rows);
    check(readSentJson(text, 'application/json'), orgId);
    return text;
  },
};
