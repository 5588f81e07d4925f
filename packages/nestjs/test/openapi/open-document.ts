import { afterAll } from '@jest/globals';
import type { INestApplication, Type } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import {
  addBearerAuthSchemes,
  ConnectAuthModule,
  type ConnectAuthModuleExtras,
  type ConnectAuthModuleOptions,
} from '../../src/index.js';
import { errorLog } from '../ws/open-gateway.js';

const closing: INestApplication[] = [];
afterAll(async () => {
  for (const app of closing.splice(0)) await app.close();
});

type Base = ReturnType<DocumentBuilder['build']>;

/** The document of an application that is created and not initialised, as it is made before `listen()`. */
export async function openDocument(
  options: ConnectAuthModuleOptions & ConnectAuthModuleExtras,
  controllers: Type[],
  base: Base = new DocumentBuilder().build(),
): Promise<OpenAPIObject> {
  const module = await Test.createTestingModule({ imports: [ConnectAuthModule.forRoot(options)], controllers })
    .setLogger(errorLog().logger)
    .compile();
  const app = module.createNestApplication();
  closing.push(app);
  return SwaggerModule.createDocument(app, addBearerAuthSchemes(app, base));
}

export interface Operation {
  readonly security?: readonly unknown[];
  readonly responses: Readonly<Record<string, { readonly description?: string }>>;
}

/** What a document says of GET on a path. */
export const operationAt = (document: OpenAPIObject, path: string): Operation =>
  document.paths[path]?.get as unknown as Operation;

/** What it says of who may call each path. */
export const securityOf = (document: OpenAPIObject): Record<string, unknown> =>
  Object.fromEntries(Object.keys(document.paths).map((path) => [path, operationAt(document, path).security]));
