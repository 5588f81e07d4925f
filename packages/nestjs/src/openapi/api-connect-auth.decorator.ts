import 'reflect-metadata';
import { type AccessDecorator } from '../access/access.decorator.js';

const documentedKey = Symbol('connect-auth.documented');

/**
 * Describes a route, or all routes of a class, as one that needs an access token, in the document of `@nestjs/swagger`.
 * Routes with decorators of this package are described by those; this is for what is guarded in another way, by
 * `AuthGuard('connect')` for one. It protects nothing.
 *
 * @param scopes those that the description names
 */
export const ApiConnectAuth =
  (...scopes: readonly string[]): AccessDecorator =>
  (target: object, name?: string | symbol): void => {
    if (name === undefined) Reflect.defineMetadata(documentedKey, scopes, target);
    else Reflect.defineMetadata(documentedKey, scopes, target, name);
  };

/** The scopes to name for a method; undefined if it is not described. What stands on the method comes first. */
export const documentedScopes = (type: { readonly prototype: object }, name: string): readonly string[] | undefined =>
  Reflect.getMetadata(documentedKey, type.prototype, name) ?? Reflect.getMetadata(documentedKey, type);
