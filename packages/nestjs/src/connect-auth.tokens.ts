/** The checked options of one module, for what it provides. */
export const adapterSettings = Symbol('connect-auth.settings');

/** What was known of the module when it was imported. */
export const moduleExtras = Symbol('connect-auth.extras');
