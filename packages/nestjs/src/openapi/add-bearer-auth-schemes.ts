import type { INestApplicationContext } from '@nestjs/common';
import { ConnectAuthVerifier } from '../connect-auth.verifier.js';
import { securitySchemes } from './security-schemes.js';

/** The part that is read and written of the base that `DocumentBuilder` of `@nestjs/swagger` builds. */
interface OpenApiBase {
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, unknown>> };
}

/**
 * Adds the security schemes that the described routes name, one for each issuer that the application trusts:
 * `SwaggerModule.createDocument(app, addBearerAuthSchemes(app, new DocumentBuilder().build()))`.
 */
export function addBearerAuthSchemes<Base extends OpenApiBase>(app: INestApplicationContext, base: Base): Base {
  const { issuers = [] } = app.get(ConnectAuthVerifier, { strict: false });
  const schemes = { ...base.components?.securitySchemes, ...securitySchemes(issuers) };
  return { ...base, components: { ...base.components, securitySchemes: schemes } };
}
