import { type AccessDecorator, accessDecorator } from './access.decorator.js';

/**
 * Opens a route, or all routes of a class, to everybody: no token is asked for and none is looked at. For routes that a
 * guard of another kind protects, too.
 *
 * @throws ConfigurationError where the class is declared, if a decorator beside it asks something of the caller
 */
export const Public = (): AccessDecorator => accessDecorator({ call: '@Public()', opens: 'public' });
