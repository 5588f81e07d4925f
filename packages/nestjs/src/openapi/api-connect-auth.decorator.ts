import 'reflect-metadata';
import { type AccessDecorator } from '../access/access.decorator.js';

const documentedKey = Symbol('connect-auth.documented');

/**
 * Describes a route, or all routes of a class, as one that needs an access token, in the document of `@nestjs/swagger`.
 * Routes with decorators of this package are already described by those; this one is for routes that are guarded in
 * another way, for example by `AuthGuard('connect')`. It protects nothing.
 *
 * @param scopes the scopes that the description names
 */
export const ApiConnectAuth =
  (...scopes: readonly string[]): AccessDecorator =>
  (target: object, name?: string | symbol): void => {
    if (name === undefined) Reflect.defineMetadata(documentedKey, scopes, target);
    else Reflect.defineMetadata(documentedKey, scopes, target, name);
  };

/**
 * Returns the scopes to name for a method; undefined if it is not described. The method's own description comes before
 * that of its class.
 */
export const documentedScopes = (type: { readonly prototype: object }, name: string): readonly string[] | undefined =>
  Reflect.getMetadata(documentedKey, type.prototype, name) ?? Reflect.getMetadata(documentedKey, type);
