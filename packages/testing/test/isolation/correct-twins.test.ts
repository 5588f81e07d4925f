import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import express, { type Express } from 'express';
import { expectIsolated } from '../../src/isolation.js';
import { openEngine, type ProjectObjects } from './app/open-engine.js';

/** Correct applications, whose answers are never the same twice. */

test('times, request ids, rate limits and repeated ids tell nothing', async () => {
  const { app, fixtures } = await openEngine('Express');
  let remaining = 1_000_000;
  const outer = wrap(app as Express, (_request, response) => {
    remaining -= 1;
    response.set({
      'X-Request-Id': randomUUID(),
      'X-RateLimit-Remaining': String(remaining),
      'X-Count': String(remaining),
    });
    const json = response.json.bind(response);
    response.json = (body: unknown) => {
      if (response.statusCode < 400) return json(body);
      const { originalUrl: instance } = response.req;
      return json({ ...(body as object), instance, at: new Date().toISOString(), trace: randomUUID() });
    };
  });
  await expect(expectIsolated(outer, fixtures)).resolves.toMatchObject({ findings: [] });
});

test('a list of what the caller itself has asked for lately moves on with every request, and tells nothing', async () => {
  const { app, fixtures } = await openEngine('Express');
  const asked = new Map<string, string[]>();
  const outer = wrap(app as Express, (request, response) => {
    const org = /"org_id":"([^"]+)"/.exec(
      Buffer.from(request.get('authorization')?.split('.')[1] ?? '', 'base64url').toString(),
    )?.[1];
    const own = asked.get(org ?? '') ?? [];
    asked.set(org ?? '', [...own, `${request.method} ${request.path}`].slice(-20));
    const json = response.json.bind(response);
    response.json = (body: unknown) =>
      request.path === '/v1/stats' && response.statusCode === 200
        ? json({ ...(body as object), lately: own })
        : json(body);
  });
  await expect(expectIsolated(outer, fixtures)).resolves.toMatchObject({ findings: [] });
});

test('an application may refuse selectors that contradict the token, and bodies with strange members', async () => {
  const { app, fixtures } = await openEngine('Express');
  const outer = wrap(app as Express, (request, response, next) => {
    const named = [request.get('x-org-id'), request.query.org_id].find((org) => org !== undefined);
    if (named === 'org_01GLOBEXGLOBEX') return void response.status(400).json({ message: 'ambiguous' });
    if (Object.keys(request.body ?? {}).some((name) => !['name', 'title', 'project_id'].includes(name))) {
      return void response.status(400).json({ message: 'strange' });
    }
    next();
  });
  await expect(expectIsolated(outer, fixtures)).resolves.toMatchObject({ findings: [] });
});

test('an application that ignores what a member says may repeat it, but not agree', async () => {
  const { app, fixtures, seen } = await openStamping();
  await expect(expectIsolated(app, fixtures)).resolves.toMatchObject({ findings: [] });
  expect(seen.some((body) => 'org_id' in body)).toBe(true);
});

async function openStamping() {
  const { app, fixtures } = await openEngine('Express');
  const seen: Record<string, unknown>[] = [];
  const outer = wrap(app as Express, (request) => {
    if (request.method === 'POST') seen.push({ ...(request.body as object | undefined) });
  });
  return { app: outer, fixtures: { ...fixtures, references: referencesOf() }, seen };
}

/** Told by hand; it would be found without. */
const referencesOf = () => ({ 'POST /v1/tasks': { project_id: ({ project }: ProjectObjects) => project.id } });

type Step = (request: express.Request, response: express.Response, next: () => void) => void;

/** The application with a step before it: its own routes are still those that are listed. */
function wrap(app: Express, step: Step): Express {
  const { stack } = app.router as unknown as { stack: unknown[] };
  app.use((request, response, next) => {
    let isHandedOn = step.length < 3;
    step(request, response, () => {
      isHandedOn = true;
    });
    if (isHandedOn) next();
  });
  // After the parser of bodies, before everything else.
  stack.splice(1, 0, stack.pop());
  return app;
}
