import { requireOrg } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { lineOf } from '../errors/outcome.js';
import { attempt, openAuth } from './open-auth.js';

const authWith = await openAuth();

test('lets pass whoever acts for an organization', async () => {
  const auth = await authWith({ org_id: 'org_1' });
  expect(attempt(() => requireOrg(auth))).toBe('passed');
});

test('refuses whoever acts for none: 403 org_required', async () => {
  const auth = await authWith({ org_id: undefined, organization_id: 'org_1', org: 'org_1' });
  expect(lineOf(attempt(() => requireOrg(auth)))).toBe('OrgForbiddenError 403 insufficient_scope org_required');
});
