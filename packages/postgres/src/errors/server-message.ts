/** By the error that pg has made of it: Knex puts the statement in front of the message later, the caller's values and all. */
const messages = new WeakMap<object, string>();

/** Keeps the words of the server as they came. */
export function keepServerMessage(error: Error): void {
  messages.set(error, error.message);
}

export const serverMessageOf = (error: object): string | undefined => messages.get(error);
