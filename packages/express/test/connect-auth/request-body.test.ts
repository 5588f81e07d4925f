import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Express, RequestHandler } from 'express';
import request from 'supertest';
import { connectAuth, currentAuth, requireLive, requireScopes } from '../../src/index.js';
import { answerOf, missingToken } from '../answers.js';
import { type CreateExpress, expressVersions } from '../express-versions.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

const text = 'ö'.repeat(40_000);

const parsers: readonly (readonly [
  name: string,
  parser: (express: CreateExpress) => RequestHandler,
  type: string,
  sent: string,
  parsed: unknown,
])[] = [
  ['json', (express) => express.json(), 'application/json', JSON.stringify({ text }), { text }],
  [
    'urlencoded',
    (express) => express.urlencoded({ extended: false }),
    'application/x-www-form-urlencoded',
    'a=1&b=2',
    { a: '1', b: '2' },
  ],
  ['text', (express) => express.text(), 'text/plain', text, text],
  ['raw', (express) => express.raw(), 'application/octet-stream', text, Buffer.from(text).toJSON()],
];

describe.each(expressVersions)('%s', (_name, express) => {
  /** `connectAuth` and guards before the parser; a handler that answers the body and the caller. */
  function open(...parser: RequestHandler[]): Express {
    const app = express();
    app.use(connectAuth(world.trust()), requireScopes('projects:read'), requireLive());
    app.use((req, _res, next) => next('body' in req && req.body !== undefined ? new Error('touched') : undefined));
    for (const each of parser) app.use(each);
    app.post('/', (req, res) => {
      res.json({ body: req.body, orgId: currentAuth().orgId });
    });
    return app;
  }

  test.each(parsers)(
    'express.%s behind connectAuth gets the whole body',
    async (_parser, parser, type, sent, parsed) => {
      const answer = await request(open(parser(express)))
        .post('/')
        .set({ ...bearer(world.issuer.token({ org: 'org_B' })), 'content-type': type })
        .send(sent);
      expect({ status: answer.status, body: answer.body }).toEqual({
        status: 200,
        body: { body: parsed, orgId: 'org_B' },
      });
    },
  );

  test('a body that is streamed while the keys are fetched arrives whole', async () => {
    const { issuer, trust } = await openIssuer();
    const release = issuer.hold('jwks');
    const app = express();
    app.use(connectAuth(trust()));
    app.post('/', async (req, res) => {
      let bytes = 0;
      for await (const chunk of req) bytes += chunk.length;
      res.json({ bytes });
    });
    const asking = request(app)
      .post('/')
      .set(bearer(issuer.token()))
      .send('x'.repeat(300_000))
      .then(({ body }) => body);
    await issuer.whenInFlight('jwks');
    release();
    expect(await asking).toEqual({ bytes: 300_000 });
  });

  test('access_token in a form is ignored, before connectAuth or behind it (RFC 6750 §2.2 is not offered)', async () => {
    const token = world.issuer.token();
    const before = express();
    before.use(express.urlencoded({ extended: false }), connectAuth(world.trust()));
    for (const app of [open(), before]) {
      const answer = await request(app).post('/').type('form').send({ access_token: token });
      expect(answerOf(answer)).toEqual(missingToken);
    }
  });

  test('access_token in a form beside the token in the header does not change the caller', async () => {
    const answer = await request(open(express.urlencoded({ extended: false })))
      .post('/')
      .set(bearer(world.issuer.token({ org: 'org_A' })))
      .type('form')
      .send({ access_token: world.issuer.token({ org: 'org_B' }) });
    expect({ status: answer.status, orgId: answer.body.orgId }).toEqual({ status: 200, orgId: 'org_A' });
  });
});
