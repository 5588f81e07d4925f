/** Tells whether PostgreSQL can store a text, which must not contain U+0000 or half of a surrogate pair. */
export const isStorableText = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text);
