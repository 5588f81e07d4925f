import { randomInt } from 'node:crypto';

/** Number of trailing characters that are random in UUIDs, ULIDs and ObjectIds alike; version and time precede them. */
const randomTail = 12;
const alphabets = {
  digit: '0123456789',
  hex: '0123456789abcdef',
  // Without the letters that Crockford's base 32 leaves out.
  lower: 'abcdefghjkmnpqrstvwxyz',
} as const;

/**
 * Makes an id of the same form that no object has: another number, or the same text with other characters at its end.
 * Keeps prefixes like `prj_`, dashes, versions and times.
 */
export function makeUnknownId(id: string | number): string | number {
  if (typeof id === 'number') return unknownNumber(id);
  if (/^\d{1,10}$/.test(id)) return String(unknownNumber(Number(id)));
  const start = Math.max(id.lastIndexOf('_') + 1, id.length - randomTail);
  const tail = id.slice(start);
  const isHex = /^[0-9a-f-]+$/i.test(tail);
  let made = id;
  while (made === id) {
    made = id.slice(0, start) + [...tail].map((character) => replaceCharacter(character, isHex)).join('');
    if (!/[0-9a-z]/i.test(tail)) return `${id}-${randomInt(1_000_000_000)}`;
  }
  return made;
}

/** Stays within the integers of four bytes: a database refuses anything larger in different words. */
function unknownNumber(id: number): number {
  const chosen = randomInt(1_000_000_000, 2_000_000_000);
  return chosen === id ? chosen + 1 : chosen;
}

function replaceCharacter(character: string, isHex: boolean): string {
  if (!/[0-9a-z]/i.test(character)) return character;
  const alphabet = isHex ? alphabets.hex : /\d/.test(character) ? alphabets.digit : alphabets.lower;
  const chosen = alphabet[randomInt(alphabet.length)] as string;
  return /[A-Z]/.test(character) ? chosen.toUpperCase() : chosen;
}
