import { type AccessDecorator, accessDecorator } from './access.decorator.js';

/**
 * Lets pass callers without any token as well, as nobody: `@CurrentAuth()` is then undefined. A token that is there and
 * not good is refused all the same.
 *
 * @throws ConfigurationError where the class is declared, if a decorator beside it asks something of the caller
 */
export const OptionalAuth = (): AccessDecorator => accessDecorator({ call: '@OptionalAuth()', opens: 'optional' });
