import 'reflect-metadata';
import { ConfigurationError } from '@connect-auth/core';
import { afterAll } from '@jest/globals';
import { type ArgumentsHost, Catch, type INestApplication, type ModuleMetadata } from '@nestjs/common';
import { BaseExceptionFilter, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import request from 'supertest';

/** What Nest runs on, for tables of tests. */
export const platforms = ['Express', 'Fastify'] as const;
export type Platform = (typeof platforms)[number];

const opened: INestApplication[] = [];

afterAll(async () => {
  for (const app of opened.splice(0)) await app.close();
});

/** Keeps the configuration errors that requests end in, and answers as Nest does without it. */
@Catch(ConfigurationError)
class ErrorKeeper extends BaseExceptionFilter {
  readonly errors: unknown[] = [];

  override catch(error: unknown, host: ArgumentsHost): void {
    this.errors.push(error);
    super.catch(error, host);
  }
}

export interface NestSetup extends ModuleMetadata {
  /** What `main.ts` does between `NestFactory.create` and `listen`. */
  readonly prepare?: (app: INestApplication) => unknown;
}

/** An application on a free port of 127.0.0.1, closed after the tests of the file. Errors while it starts are thrown. */
export async function openNest(platform: Platform, { prepare, ...metadata }: NestSetup) {
  const app = await createNest(platform, metadata);
  const keeper = new ErrorKeeper(app.getHttpAdapter());
  app.useGlobalFilters(keeper);
  await prepare?.(app);
  await app.listen(0, '127.0.0.1');
  return { app, http: request(app.getHttpServer()), errors: keeper.errors };
}

/** Asks an application. */
export type Http = Awaited<ReturnType<typeof openNest>>['http'];

/** The same before it listens. */
export async function createNest(platform: Platform, metadata: ModuleMetadata): Promise<INestApplication> {
  const root = { module: class AppModule {}, ...metadata };
  const adapter = platform === 'Express' ? new ExpressAdapter() : new FastifyAdapter();
  const app = await NestFactory.create(root, adapter, { logger: false, abortOnError: false });
  opened.push(app);
  return app;
}

export const portOf = (app: INestApplication): number => app.getHttpServer().address().port;
