/** The names in a message of PostgreSQL, in whichever language it speaks (`lc_messages`): "name", « name », »name«. */
export const quotedNames = (message: string): readonly string[] =>
  [...message.matchAll(/["«»]\s?(.+?)\s?["«»]/gsu)].map(([, name = '']) => name);
