/** Injection token of one module's checked options, for its own providers. */
export const adapterSettings = Symbol('connect-auth.settings');

/** Injection token of the options that were known when the module was imported. */
export const moduleExtras = Symbol('connect-auth.extras');
