import { describe, expect, test } from '@jest/globals';
import express, { type Express, type Request, Router } from 'express';
import {
  expectIsolated,
  IsolationError,
  type IsolationFixtures,
  probeIsolation,
  type SeededOrg,
} from '../../src/isolation.js';

interface Note {
  readonly id: string;
  readonly org: string;
  readonly text: string;
}

interface Notes {
  readonly note: Note;
}

/** An application that reads the organization from the token itself: here nothing is verified, only kept apart. */
function openNotes() {
  const notes: Note[] = [];
  const tokens: Record<string, string> = { 'token-a-secret': 'org_acme0001', 'token-b-secret': 'org_globex01' };
  const app = express();
  app.use(express.json(), (request, response, next) => {
    const token = request.headers.authorization?.slice(7) ?? '';
    if (token === 'no-org-secret') response.sendStatus(403);
    else if (tokens[token] === undefined) response.sendStatus(401);
    else next();
  });
  const orgOf = (request: Request) => tokens[request.headers.authorization?.slice(7) ?? ''];
  const own = (request: Request, id: unknown) => notes.find((note) => note.id === id && note.org === orgOf(request));
  const fixtures: IsolationFixtures<Notes> = {
    orgs: {
      a: { id: 'org_acme0001', token: 'token-a-secret' },
      b: { id: 'org_globex01', token: async () => 'token-b-secret' },
    },
    tokens: { withoutOrg: 'no-org-secret', expired: () => 'old-secret' },
    seed: ({ id: org, canary }) => {
      const note = { id: `note_${notes.length}_${canary.slice(6, 18)}`, org, text: canary };
      notes.push(note);
      return { note };
    },
    params: { id: ({ note }) => note.id },
  };
  const answer = (id: (request: Request) => unknown) => (request: Request, response: express.Response) => {
    const note = own(request, id(request));
    if (note === undefined) response.sendStatus(404);
    else response.json(note);
  };
  return { app, fixtures, notes, orgOf, answer };
}

const byId = (request: Request) => request.params.id;

/** With a route that is in order, so that the application as a whole proves something. */
function openWithNote() {
  const opened = openNotes();
  opened.app.get('/notes/:id', opened.answer(byId));
  return opened;
}

const uncoveredOf = async (app: Express, fixtures: IsolationFixtures<Notes>) =>
  (await probeIsolation(app, fixtures)).coverage.uncovered;

describe('a route is uncovered', () => {
  test('when it is a RegExp without a path', async () => {
    const { app, fixtures, answer } = openWithNote();
    app.get(
      /^\/files\/(.+)$/,
      answer((request) => request.params[0]),
    );
    await expect(uncoveredOf(app, fixtures)).resolves.toEqual([
      { route: 'GET /^\\/files\\/(.+)$/', reason: 'a RegExp cannot be filled in; it needs a fixture in `paths`' },
    ]);
    await expect(expectIsolated(app, fixtures)).rejects.toThrow(
      /0 findings, 1 uncovered route .*Uncovered:\n {2}GET \/\^/s,
    );
    const of = ({ note }: Notes) => `/files/${note.id}`;
    const paths = { 'GET /^\\/files\\/(.+)$/': { of, unknown: '/files/note_0_ffffffffffff' } };
    await expect(expectIsolated(app, { ...fixtures, paths })).resolves.toMatchObject({ findings: [] });
  });

  test('when a parameter or a wildcard has no fixture', async () => {
    const { app, fixtures, answer } = openWithNote();
    app.get('/tags/:tag', answer(byId));
    app.get(
      '/raw/*rest',
      answer((request) => String(request.params.rest)),
    );
    await expect(uncoveredOf(app, fixtures)).resolves.toEqual([
      { route: 'GET /tags/:tag', reason: 'no fixture in `params` for "tag"' },
      { route: 'GET /raw/*rest', reason: 'no fixture in `params` for "rest"' },
    ]);
  });

  test('when the owner is refused', async () => {
    const { app, fixtures } = openWithNote();
    app.get('/broken/:id', (_request, response) => void response.sendStatus(404));
    await expect(uncoveredOf(app, fixtures)).resolves.toEqual([
      { route: 'GET /broken/:id', reason: "A's own request was answered 404" },
    ]);
  });

  test('when the other owner is refused: its id would be unknown to everyone', async () => {
    const { app, fixtures, answer, orgOf } = openWithNote();
    app.get('/closed/:id', (request, response) => {
      if (orgOf(request) === 'org_globex01') response.sendStatus(404);
      else answer(byId)(request, response);
    });
    await expect(uncoveredOf(app, fixtures)).resolves.toEqual([
      { route: 'GET /closed/:id', reason: "B's own request was answered 404" },
    ]);
  });

  test('when the answer does not end in time', async () => {
    const { app, fixtures } = openWithNote();
    app.get('/stream', (_request, response) => void response.write('data: 1\n\n'));
    await expect(uncoveredOf(app, { ...fixtures, requestTimeoutMs: 200 })).resolves.toEqual([
      { route: 'GET /stream', reason: "A's own request was answered 200 without an end" },
    ]);
  });

  test('when the application breaks the connection', async () => {
    const { app, fixtures } = openWithNote();
    app.get('/crash', (request) => void request.socket.destroy());
    await expect(uncoveredOf(app, fixtures)).resolves.toEqual([
      { route: 'GET /crash', reason: "A's own request was answered by nothing" },
    ]);
  });

  test('when it is in an application that is mounted whole, until it is named', async () => {
    const { app, fixtures, answer } = openWithNote();
    const inner = express();
    inner.get('/notes/:id', answer(byId));
    app.use('/inner', inner);
    await expect(uncoveredOf(app, fixtures)).resolves.toMatchObject([{ route: 'ALL /inner' }]);
    await expect(uncoveredOf(app, { ...fixtures, routes: ['GET /inner/notes/:id'] })).resolves.toEqual([]);
  });

  test('when no answer shows what was seeded: then nothing could be seen of the other either', async () => {
    const { app, fixtures } = openNotes();
    app.get('/count', (_request, response) => void response.json({ notes: 1 }));
    await expect(uncoveredOf(app, { ...fixtures, params: {} })).resolves.toMatchObject([
      { route: 'GET /count', reason: expect.stringContaining('org.canary') },
    ]);
  });

  test('when its body works only once', async () => {
    const { app, fixtures, orgOf, notes } = openWithNote();
    const taken = new Set<string>();
    app.post('/notes', (request, response) => {
      const name = `${orgOf(request)} ${request.body.name}`;
      if (taken.has(name)) return void response.sendStatus(409);
      taken.add(name);
      response.status(201).json({ name });
    });
    const snapshot = ({ id }: { id: string }) => notes.filter(({ org }) => org === id);
    const bodies = { 'POST /notes': () => ({ name: 'always the same' }) };
    await expect(uncoveredOf(app, { ...fixtures, snapshot, bodies })).resolves.toMatchObject([
      { route: 'POST /notes', reason: expect.stringContaining('answered 409 at the second time') },
    ]);
  });
});

describe('what is probed', () => {
  test('ALL is one route, optional parts are two, and a nested router has its mount before it', async () => {
    const { app, fixtures, answer } = openWithNote();
    const inner = Router();
    inner.get('/notes{/:id}', (request, response) => {
      if (request.params.id === undefined) response.json({ notes: 'many' });
      else answer(byId)(request, response);
    });
    inner.all('/any/:id', answer(byId));
    app.use('/v1', Router().use('/deep', inner));
    const { coverage, findings } = await expectIsolated(app, fixtures);
    expect(coverage.probed).toEqual([
      'GET /notes/:id',
      'GET /v1/deep/notes',
      'GET /v1/deep/notes/:id',
      'ALL /v1/deep/any/:id',
    ]);
    expect(findings).toEqual([]);
  });

  test('with objects that are made of the organization as it was given, and another canary each time', async () => {
    const { app, fixtures } = openWithNote();
    const given: SeededOrg[] = [];
    const seed = (org: SeededOrg) => {
      given.push(org);
      return fixtures.seed(org);
    };
    await expectIsolated(app, { ...fixtures, seed });
    const { a, b } = fixtures.orgs;
    for (const { canary, ...org } of given) expect([a, b]).toContainEqual(org);
    expect(new Set(given.map(({ canary }) => canary)).size).toBe(given.length);
  });

  test('an id in the query', async () => {
    const { app, fixtures, answer, notes } = openWithNote();
    app.get('/search', (request, response) => {
      const note = notes.find(({ id }) => id === request.query.note);
      if (note === undefined) response.sendStatus(404);
      else response.json(note);
    });
    app.get(
      '/safe-search',
      answer((request) => request.query.note),
    );
    const queries = {
      'GET /search': { note: ({ note }: Notes) => note.id },
      'GET /safe-search': { note: ({ note }: Notes) => note.id },
    };
    const { findings } = await probeIsolation(app, { ...fixtures, queries });
    expect(findings.map(({ kind, route }) => [kind, route])).toEqual([['foreign-read', 'GET /search']]);
  });
});

test('a token that an answer repeats is not in the report', async () => {
  const { app, fixtures, notes } = openWithNote();
  app.get('/open/:id', (request, response) => {
    const isThere = notes.some(({ id }) => id === byId(request));
    response.status(isThere ? 200 : 404).json({ [isThere ? 'for' : 'not for']: request.headers.authorization });
  });
  const { findings } = await probeIsolation(app, fixtures);
  expect(findings).toMatchObject([{ kind: 'foreign-read', seen: expect.stringContaining('Bearer <token>') }]);
  expect(JSON.stringify(findings)).not.toMatch(/-secret/);
});

test('a finding says what was seen and how to see it again, and no token is in it', async () => {
  const { app, fixtures, notes } = openWithNote();
  app.get('/open/:id', (request, response) => void response.json(notes.find(({ id }) => id === byId(request)) ?? {}));
  const error = await expectIsolated(app, { ...fixtures, headers: { 'X-Client': "it's" } }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(IsolationError);
  const { report, message } = error as IsolationError;
  const [finding] = report.findings;
  expect(report.findings).toHaveLength(1);
  expect(finding).toMatchObject({ kind: 'foreign-read', severity: 'critical', route: 'GET /open/:id' });
  expect(finding?.curl).toMatch(
    /^curl -i "\$BASE_URL"'\/open\/note_\w+' -H "Authorization: Bearer \$TOKEN_A" -H 'X-Client: it'\\''s'$/,
  );
  expect(message).toContain('[critical] foreign-read: GET /open/:id');
  expect(message).toContain(finding?.curl);
  expect(JSON.stringify(report) + message).not.toMatch(/-secret/);
});
