import { type AccessDecorator, accessDecorator } from './access.decorator.js';

/**
 * Opens a route, or all routes of a class, to everybody: no token is required, and none is looked at. Also for routes
 * that a guard of another kind protects.
 *
 * @throws ConfigurationError when the class is declared, if a decorator beside it requires something of the caller
 */
export const Public = (): AccessDecorator => accessDecorator({ call: '@Public()', opens: 'public' });
