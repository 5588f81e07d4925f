import { type AccessDecorator, accessDecorator } from './access.decorator.js';

/**
 * Also allows callers without any token, as nobody: `@CurrentAuth()` is then undefined. A token that is present but not
 * valid is still refused.
 *
 * @throws ConfigurationError when the class is declared, if a decorator beside it requires something of the caller
 */
export const OptionalAuth = (): AccessDecorator => accessDecorator({ call: '@OptionalAuth()', opens: 'optional' });
