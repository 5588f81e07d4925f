import { ConfigurationError } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkDomain, subdomainOf } from '../../src/adapter.js';
import { seed, seeded } from '../frame/seeded.js';

test.each<[hostname: string | undefined, label: string | undefined]>([
  ['acme.api.example.com', 'acme'],
  ['ACME.Api.Example.COM', 'acme'],
  ['acme.api.example.com.', 'acme'],
  ['xn--bcher-kva.api.example.com', 'xn--bcher-kva'],
  ['api.example.com', undefined],
  ['api.example.com.', undefined],
  ['.api.example.com', ''],
  ['acme-api.example.com', undefined],
  ['acmeapi.example.com', undefined],
  ['eu.acme.api.example.com', 'eu.acme'],
  ['acme..api.example.com', 'acme.'],
  ['acme.api.example.com.evil.test', undefined],
  ['acme.api.example.org', undefined],
  ['127.0.0.1', undefined],
  ['', undefined],
  [undefined, undefined],
])('the label of %j below api.example.com is %j', (hostname, label) => {
  expect(subdomainOf(hostname, 'api.example.com')).toBe(label);
});

test.each(['example.com', 'api.example.com', 'localhost', 'a-b.c9'])('%s is a domain', (domain) => {
  expect(checkDomain('orgSubdomain()', domain)).toBe(domain);
});

test.each<[domain: unknown]>([
  [undefined],
  [''],
  ['.example.com'],
  ['example.com.'],
  ['example..com'],
  ['Example.com'],
  ['example.com:443'],
  ['https://example.com'],
  ['*.example.com'],
  ['-example.com'],
  ['example.com/'],
  ['example.com\n'],
  ['bücher.example'],
  [['example.com']],
])('%j is none, and is refused at the start', (domain) => {
  const problem = new ConfigurationError(
    'orgSubdomain() domain',
    'must be a domain name in lower case, without a port',
  );
  expect(() => checkDomain('orgSubdomain()', domain)).toThrow(problem);
});

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const domainOf = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));
const spelling = fc.infiniteStream(fc.boolean());
const spell = (text: string, upper: Iterator<boolean>) =>
  [...text].map((letter) => (upper.next().value ? letter.toUpperCase() : letter)).join('');

test(`one label before the domain is found, however it is spelt (seed ${seed})`, () => {
  fc.assert(
    fc.property(label, domainOf, spelling, fc.constantFrom('', '.'), (own, domain, upper, dot) => {
      expect(subdomainOf(spell(`${own}.${domain}`, upper[Symbol.iterator]()) + dot, domain)).toBe(own);
    }),
    seeded,
  );
});

test(`no other host has a label: what is found puts the host together again (seed ${seed})`, () => {
  const noise = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6(), fc.string({ maxLength: 20 }), domainOf);
  const host = fc.oneof(
    noise,
    fc.tuple(noise, domainOf).map((parts) => parts.join('.')),
  );
  fc.assert(
    fc.property(host, domainOf, (hostname, domain) => {
      const found = subdomainOf(hostname, domain);
      if (found === undefined) return;
      expect([`${found}.${domain}`, `${found}.${domain}.`]).toContain(hostname.toLowerCase());
    }),
    seeded,
  );
});
