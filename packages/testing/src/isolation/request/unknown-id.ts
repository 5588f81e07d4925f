import { randomInt } from 'node:crypto';

/** As many characters at the end as are chance in UUIDs, ULIDs and ObjectIds; version and time stand before them. */
const randomTail = 12;
const alphabets = {
  digit: '0123456789',
  hex: '0123456789abcdef',
  // Without those that Crockford's base 32 leaves out.
  lower: 'abcdefghjkmnpqrstvwxyz',
} as const;

/**
 * An id of the same form that nothing has: another number, or the same text with other characters at its end.
 * Prefixes like `prj_`, dashes, versions and times stay as they are.
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

/** Within the integers of four bytes, where a database would refuse anything larger in other words. */
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
