import { type AuditEvent, createAuditTrail, functionSink } from '@connect-auth/audit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { connectAuth, orgAudit } from '../../src/index.js';
import { answerOf, forbidden, kept } from '../answers.js';
import { errorKeeper } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

const { issuer, trust } = await openIssuer();
const a = bearer(issuer.token({ org: 'org_A' }));
const b = bearer(issuer.token({ org: 'org_B' }));
const down = new Error('the database is down');
const events: AuditEvent[] = [];
const audit = createAuditTrail({ sinks: [functionSink(async (event) => void events.push(event))] });
afterAll(() => audit.close());

function openApp(allowedOrgs: readonly string[] | ((orgId: string) => Promise<boolean>)) {
  const app = express();
  const { errors, keepError } = errorKeeper();
  app.use(orgAudit(audit), connectAuth({ ...trust(), allowedOrgs }));
  app.get('/', (req, res) => void res.json({ org: req.auth.orgId }));
  app.use(keepError);
  return { http: request(app), errors };
}

describe.each(['a list', 'a question'])('allowedOrgs as %s', (kind) => {
  let http: ReturnType<typeof openApp>['http'];
  beforeAll(() => {
    ({ http } = openApp(kind === 'a list' ? ['org_A'] : async (orgId) => orgId === 'org_A'));
  });

  test('lets one organization in, and answers 403 to another whose token is as good', async () => {
    for (let times = 0; times < 2; times += 1) {
      expect(answerOf(await http.get('/').set(a))).toMatchObject({ status: 200, body: { org: 'org_A' } });
      expect(answerOf(await http.get('/').set(b))).toEqual(
        forbidden('The organization of the access token is not let in'),
      );
    }
  });

  test('the refusal is on record, with the organization’s name', async () => {
    events.length = 0;
    await http.get('/').set(b);
    await audit.flush();
    expect(events.map(({ org, decision, reason }) => [org?.id, decision, reason])).toEqual([
      ['org_B', 'deny', 'org_not_allowed'],
    ]);
  });
});

test('an organization that is suspended is refused from the next request on, and let in again', async () => {
  const suspended = new Set<string>();
  const { http } = openApp(async (orgId) => !suspended.has(orgId));
  const statuses = [];
  for (const change of [() => {}, () => suspended.add('org_A'), () => suspended.clear()]) {
    change();
    statuses.push((await http.get('/').set(a)).status);
  }
  expect(statuses).toEqual([200, 403, 200]);
});

test('a question that fails is the application’s own error, and nobody is let in', async () => {
  const { http, errors } = openApp(async () => Promise.reject(down));
  expect(answerOf(await http.get('/').set(a))).toEqual(kept);
  expect(errors).toEqual([down]);
});
