import { addBearerAuthSchemes } from '@connect-auth/nestjs';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI document. Which routes need a token, and with which scopes, comes from their guards. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const base = new DocumentBuilder()
    .setTitle('Projects')
    .setDescription('Each caller sees the organization that its token acts for.')
    .setVersion('1')
    .build();
  return SwaggerModule.createDocument(app, addBearerAuthSchemes(app, base));
}

/**
 * Serves it as a page at /docs and as JSON at /docs-json. These are not routes of Nest, so that no guard protects them:
 * everybody can read what the API does, but nobody's data.
 */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), { raw: ['json'], customSiteTitle: 'Projects' });
}
