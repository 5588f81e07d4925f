import 'reflect-metadata';
import { afterEach, describe, expect, test } from '@jest/globals';
import { All, Controller, Get, Module, Version, VersioningType } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { openApp } from '../../src/isolation/app/open-app.js';
import { isFastify, walkFastify } from '../../src/isolation/routes/fastify-routes.js';
import { listRoutes } from '../../src/isolation/routes/list-routes.js';
import { expandOptional, parsePath } from '../../src/isolation/routes/path-template.js';

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

@Controller('things')
class ThingsController {
  @Get(':thingId/parts/:partId') part() {}
  @Get(':id') one() {}
  @Version('2') @Get() many() {}
  @All(':id/anything') anything() {}
}

@Controller()
class HealthController {
  @Get('health') health() {}
}

@Module({ controllers: [ThingsController, HealthController] })
class AppModule {}

async function openNest(adapter: AbstractHttpAdapter) {
  const app = await NestFactory.create(AppModule, adapter, { logger: false, abortOnError: false });
  closers.push(() => app.close());
  app.setGlobalPrefix('api', { exclude: ['health'] });
  app.enableVersioning({ type: VersioningType.URI });
  return app;
}

async function keysOf(app: unknown): Promise<readonly string[]> {
  const opened = await openApp(app);
  closers.push(opened.close);
  const { routes, opaque } = listRoutes(opened, undefined);
  expect(opaque).toEqual([]);
  return routes.map(({ key }) => key).sort();
}

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('Nest on %s', (_, createAdapter) => {
  const expected = [
    'ALL /api/things/:id/anything',
    'GET /api/things/:id',
    'GET /api/things/:thingId/parts/:partId',
    'GET /api/v2/things',
    'GET /health',
  ];

  test('with a prefix, what it leaves out, and versions in the path', async () => {
    await expect(keysOf(await openNest(createAdapter()))).resolves.toEqual(expected);
  });

  test('when it listens already', async () => {
    const app = await openNest(createAdapter());
    await app.listen(0, '127.0.0.1');
    await expect(keysOf(app)).resolves.toEqual(expected);
    expect(app.getHttpServer().listening).toBe(true);
  });
});

test('Fastify: names, expressions, wildcards and shared beginnings', async () => {
  const fastify = new FastifyAdapter().getInstance();
  closers.push(() => fastify.close());
  const reply = async () => '';
  const paths = [
    '/',
    '/pro',
    '/projects',
    '/projects/:id',
    '/projects/:projectId/tasks/:id',
    '/projects/:project/name',
    '/files/*',
    '/tags/:tag(^(a|b)$)',
    '/dates/:year-:month',
  ];
  for (const path of paths) fastify.get(path, reply);
  fastify.post('/projects', reply);
  fastify.head('/alone', reply);
  await fastify.ready();
  if (!isFastify(fastify)) throw new Error('not taken for Fastify');
  const keys = walkFastify(fastify).map(({ key }) => key);
  expect(keys.sort()).toEqual([...paths.map((path) => `GET ${path}`), 'HEAD /alone', 'POST /projects'].sort());
});

test.each([
  ['/a/:id', [text('/a/'), param('id')]],
  ['/:from-:to.json', [param('from'), text('-'), param('to'), text('.json')]],
  ['/:"a name"/x', [text('/'), param('a name'), text('/x')].slice(1)],
  ['/n/:id(\\d+(a|b))/x', [text('/n/'), param('id'), text('/x')]],
  ['/f/*rest', [text('/f/'), wildcard('rest')]],
  ['/f/*', [text('/f/'), wildcard('')]],
  ['/a\\:b', [text('/a:b')]],
])('the pattern %s', (pattern, pieces) => {
  const [first] = pieces;
  expect(parsePath(pattern)).toEqual(first?.kind === 'param' ? [text('/'), ...pieces] : pieces);
});

test.each([
  ['/a', ['/a']],
  ['/a{/:id}', ['/a', '/a/:id']],
  ['/a{/:b{/:c}}', ['/a', '/a/:b', '/a/:b/:c']],
  ['/a\\{b\\}', ['/a\\{b\\}']],
])('the optional parts of %s', (pattern, expanded) => {
  expect(expandOptional(pattern)).toEqual(expanded);
});

function text(value: string) {
  return { kind: 'text', text: value };
}

function param(name: string) {
  return { kind: 'param', name };
}

function wildcard(name: string) {
  return { kind: 'wildcard', name };
}
