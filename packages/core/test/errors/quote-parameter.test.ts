import { ConfigurationError, InvalidTokenError, MissingTokenError, toChallenge } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';

const challengeFor = (realm: string) => toChallenge(new MissingTokenError(), { realm }).headers['WWW-Authenticate'];

test.each<[realm: string, header: string]>([
  ['api', 'Bearer realm="api"'],
  ['', 'Bearer realm=""'],
  ['two words', 'Bearer realm="two words"'],
  ['say "hi"', 'Bearer realm="say \\"hi\\""'],
  ['back\\slash', 'Bearer realm="back\\\\slash"'],
  ['\\"', 'Bearer realm="\\\\\\""'],
  ['end\\', 'Bearer realm="end\\\\"'],
  ['a", error="none', 'Bearer realm="a\\", error=\\"none"'],
  ['$& $1 $$', 'Bearer realm="$& $1 $$"'],
  [' ~', 'Bearer realm=" ~"'],
])('a realm of %j is quoted: %s', (realm, header) => {
  expect(challengeFor(realm)).toBe(header);
});

describe('what would break the header is refused: ConfigurationError', () => {
  const breaking = [
    'a\r\nSet-Cookie: x=y',
    'a\nb',
    'a\rb',
    'a\tb',
    'a\u0000',
    'a\u001f',
    'a\u007f',
    'ä',
    '\u2028',
    '🗝',
  ];
  test.each(breaking)('%j', (text) => {
    const error = new InvalidTokenError('expired');
    for (const [option, settings] of [
      ['realm', { realm: text }],
      ['resource_metadata', { resourceMetadata: `https://api.test/${text}` }],
    ] as const) {
      const challenge = () => toChallenge(error, settings);
      expect(challenge).toThrow(ConfigurationError);
      expect(challenge).toThrow(`${option} must hold printable ASCII characters only, since it stands in a header`);
    }
  });
});
