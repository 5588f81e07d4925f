import { describe, expect, test } from '@jest/globals';
import { toBearerToken } from '../../src/token/bearer-token.js';
import { parseJwt } from '../../src/token/parse-jwt.js';
import { lineOf, refused } from '../errors/outcome.js';
import { encodePart } from './signer.js';

const header = encodePart({ alg: 'ES256', kid: 'k1', typ: 'JWT' });
const payload = encodePart({ iss: 'https://issuer.test', sub: 'user_1' });
const signature = Buffer.alloc(64, 7).toString('base64url');
const token = (parts: { header?: string; payload?: string; signature?: string }) =>
  [parts.header ?? header, parts.payload ?? payload, parts.signature ?? signature].join('.');

function outcomeOf(text: string): string {
  try {
    return parseJwt(toBearerToken(text)) === undefined ? 'opaque' : 'parsed';
  } catch (error) {
    return lineOf(error);
  }
}

test('takes a token apart into exactly its parts', () => {
  expect(parseJwt(toBearerToken(token({})))).toEqual({
    header: { alg: 'ES256', kid: 'k1', typ: 'JWT' },
    unverifiedPayload: { iss: 'https://issuer.test', sub: 'user_1' },
    signingInput: `${header}.${payload}`,
    signature: Buffer.alloc(64, 7),
  });
});

describe('two dots make a JWT', () => {
  test.each<[form: string, text: string, outcome: string]>([
    ['one part', 'opaque', 'opaque'],
    ['one part that is a header', header, 'opaque'],
    ['two parts', `${header}.${payload}`, 'opaque'],
    ['three parts', token({}), 'parsed'],
    ['four parts', `${token({})}.x`, 'opaque'],
    ['five parts', `${token({})}.x.y`, 'opaque'],
    ['three parts and a trailing dot', `${token({})}.`, 'opaque'],
    ['two dots alone', '..', refused('malformed (JSON)')],
    ['an empty header', token({ header: '' }), refused('malformed (JSON)')],
    ['an empty payload', token({ payload: '' }), refused('malformed (JSON)')],
    ['an empty signature, which no key will have made', token({ signature: '' }), 'parsed'],
  ])('%s', (_, text, outcome) => {
    expect(outcomeOf(text)).toBe(outcome);
  });
});

describe('every part must be the one base64url text of its bytes', () => {
  const strayBits = `${signature.slice(0, -1)}${signature.endsWith('w') ? 'x' : 'B'}`;
  test.each<[form: string, text: string]>([
    ['padding on the payload', token({ payload: `${payload}=` })],
    ['padding on the signature', token({ signature: `${signature}=` })],
    ['padding of two', token({ signature: `${signature}==` })],
    ['the plain base64 alphabet: +', token({ signature: `${signature.slice(0, -2)}+w` })],
    ['the plain base64 alphabet: /', token({ signature: `${signature.slice(0, -2)}/w` })],
    ['a character outside both alphabets', token({ signature: `${signature}~~` })],
    ['stray bits in the last character', token({ signature: strayBits })],
    ['a length that encodes nothing', token({ signature: `${signature.slice(0, -1)}` })],
    ['one character', token({ signature: 'A' })],
  ])('%s: 401 malformed', (_, text) => {
    expect(outcomeOf(text)).toBe(refused('malformed (base64url)'));
  });
});

describe('the payload must be a JSON object in UTF-8', () => {
  const object = Buffer.from('{"sub":"user_1"}');
  test.each<[form: string, bytes: Buffer, outcome: string]>([
    ['no JSON', Buffer.from('sub=user_1'), refused('malformed (JSON)')],
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), object]), refused('malformed (JSON)')],
    ['two documents', Buffer.concat([object, object]), refused('malformed (JSON)')],
    ['a trailing zero byte', Buffer.concat([object, Buffer.from([0])]), refused('malformed (JSON)')],
    ['an array', Buffer.from('[{"sub":"user_1"}]'), refused('malformed (not an object)')],
    ['null', Buffer.from('null'), refused('malformed (not an object)')],
    ['a string', Buffer.from('"user_1"'), refused('malformed (not an object)')],
    ['a number', Buffer.from('1'), refused('malformed (not an object)')],
    ['true', Buffer.from('true'), refused('malformed (not an object)')],
    ['a lone continuation byte', Buffer.from([0x7b, 0x22, 0x80, 0x22, 0x3a, 0x31, 0x7d]), refused('malformed (UTF-8)')],
    ['an overlong slash', Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]), refused('malformed (UTF-8)')],
    ['UTF-16', Buffer.from('\ufeff{"sub":"user_1"}', 'utf16le'), refused('malformed (UTF-8)')],
    ['Latin-1', Buffer.from('{"sub":"Zo\u00eb"}', 'latin1'), refused('malformed (UTF-8)')],
    ['an encoded surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), refused('malformed (UTF-8)')],
    ['white space around', Buffer.from(' {"sub":"user_1"}\n'), 'parsed'],
  ])('%s', (_, bytes, outcome) => {
    expect(outcomeOf(token({ payload: encodePart(bytes) }))).toBe(outcome);
    if (outcome !== 'parsed') expect(outcomeOf(token({ header: encodePart(bytes) }))).toBe(outcome);
  });
});

test('a member named __proto__ stays a member and makes nothing inherit', () => {
  const hostile = '{"__proto__":{"sub":"admin","isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}';
  const parsed = parseJwt(toBearerToken(token({ payload: encodePart(hostile) })));
  expect(Object.keys(parsed?.unverifiedPayload ?? {})).toEqual(['__proto__', 'constructor']);
  expect(parsed?.unverifiedPayload.sub).toBeUndefined();
  expect(Reflect.getPrototypeOf(parsed?.unverifiedPayload ?? [])).toBe(Reflect.getPrototypeOf(JSON.parse('{}')));
  expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
});
