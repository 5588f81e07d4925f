/** The quoted names in a message of PostgreSQL, whatever its language (`lc_messages`): "name", « name », »name«. */
export const quotedNames = (message: string): readonly string[] =>
  [...message.matchAll(/["«»]\s?(.+?)\s?["«»]/gsu)].map(([, name = '']) => name);
