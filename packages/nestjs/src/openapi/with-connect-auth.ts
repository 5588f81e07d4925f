import type { INestApplicationContext } from '@nestjs/common';
import { ConnectAuthVerifier } from '../connect-auth.verifier.js';

/** The name of the security scheme, in the document's components. */
export const schemeName = 'connect';

/** What is read and written of a document of `@nestjs/swagger`, or of the base that `DocumentBuilder` builds. */
interface OpenApiBase {
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, unknown>> };
}

/**
 * Adds the security scheme that the described routes name, by the issuer that the application trusts:
 * `SwaggerModule.createDocument(app, withConnectAuth(app, new DocumentBuilder().build()))`.
 */
export function withConnectAuth<Base extends OpenApiBase>(app: INestApplicationContext, base: Base): Base {
  const { issuers } = app.get(ConnectAuthVerifier, { strict: false });
  const scheme = issuers.length === 1 ? byDiscovery(issuers[0]?.issuer ?? '') : bearer;
  const securitySchemes = { ...base.components?.securitySchemes, [schemeName]: scheme };
  return { ...base, components: { ...base.components, securitySchemes } };
}

/** OpenAPI, Security Scheme Object: with this type requirements may name scopes. */
const byDiscovery = (issuer: string) => ({
  type: 'openIdConnect',
  openIdConnectUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
});

/** Where there are several issuers no one document has it all. */
const bearer = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };
