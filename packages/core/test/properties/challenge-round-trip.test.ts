import { InsufficientScopeError, InvalidTokenError, MissingTokenError, toChallenge } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { seed, seeded } from './seeded.js';

/** Reads `scheme 1*SP #auth-param` by RFC 9110 §11.2 and §5.6.4, character by character. */
function parseChallenge(header: string): { scheme: string; parameters: [name: string, value: string][] } {
  let at = 0;
  const peek = () => header.charAt(at);
  const take = (isPart: RegExp): string => {
    const start = at;
    while (at < header.length && isPart.test(peek())) at += 1;
    return header.slice(start, at);
  };
  const expectText = (text: string) => {
    if (!header.startsWith(text, at)) throw new Error(`expected ${text} at ${at} of ${header}`);
    at += text.length;
  };
  const quoted = (): string => {
    let value = '';
    expectText('"');
    for (; peek() !== '"'; at += 1) {
      if (peek() === '\\') at += 1;
      if (!/^[\t\x20-\x7e]$/.test(peek())) throw new Error(`not in a quoted-string: ${JSON.stringify(peek())}`);
      value += peek();
    }
    expectText('"');
    return value;
  };
  const scheme = take(/[A-Za-z0-9!#$%&'*+.^_`|~-]/);
  const parameters: [string, string][] = [];
  for (expectText(' '); ; expectText(', ')) {
    const name = take(/[A-Za-z0-9!#$%&'*+.^_`|~-]/);
    expectText('=');
    parameters.push([name, quoted()]);
    if (at === header.length) return { scheme, parameters };
  }
}

const printable = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
const nasty = fc.string({ unit: fc.constantFrom('"', '\\', ',', '=', ' ', 'a', '$', '&') });
const text = fc.oneof(printable, nasty);
const scopeCharacter = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const scopes = fc.array(fc.string({ unit: scopeCharacter, minLength: 1 }), { minLength: 1, maxLength: 4 });

test(`what goes into a challenge comes out of it, whatever it is (seed ${seed})`, () => {
  fc.assert(
    fc.property(text, scopes, fc.option(text, { nil: undefined }), (realm, requiredScopes, resourceMetadata) => {
      const settings = { realm, ...(resourceMetadata !== undefined && { resourceMetadata }) };
      for (const error of [
        new MissingTokenError(),
        new InvalidTokenError('expired'),
        new InsufficientScopeError(requiredScopes),
      ]) {
        const expected: [string, string][] = [['realm', realm]];
        if (error.error !== undefined) expected.push(['error', error.error], ['error_description', error.description]);
        if (error.requiredScopes !== undefined) expected.push(['scope', requiredScopes.join(' ')]);
        if (resourceMetadata !== undefined) expected.push(['resource_metadata', resourceMetadata]);
        const header = toChallenge(error, settings).headers['WWW-Authenticate'] ?? '';
        expect(parseChallenge(header)).toEqual({ scheme: 'Bearer', parameters: expected });
        expect(new Headers({ 'WWW-Authenticate': header }).get('WWW-Authenticate')).toBe(header);
      }
    }),
    seeded,
  );
});
