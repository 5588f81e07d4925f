/** Messages by the error that pg made of them. Knex later prepends the statement, with the caller's values, to `message`. */
const messages = new WeakMap<object, string>();

/** Records the message as the server sent it. */
export function keepServerMessage(error: Error): void {
  messages.set(error, error.message);
}

export const serverMessageOf = (error: object): string | undefined => messages.get(error);
