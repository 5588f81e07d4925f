import { withConnectAuth } from '@connect-auth/nestjs';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The API's description: which routes need a token, and with which scopes, is read off their guards. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const base = new DocumentBuilder()
    .setTitle('Projects')
    .setDescription('Each caller sees the organization that its token acts for.')
    .setVersion('1')
    .build();
  return SwaggerModule.createDocument(app, withConnectAuth(app, base));
}

/**
 * Serves it as a page at /docs, and as a document at /docs-json. They are no routes of Nest, and no guard stands before
 * them: everybody reads what the API can do, and nobody's data.
 */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), { raw: ['json'], customSiteTitle: 'Projects' });
}
