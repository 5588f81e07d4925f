import { OrgPool, type OrgPoolOptions } from '@connect-auth/postgres';
import { describe, expect, test } from '@jest/globals';
import pg, { type PoolConfig } from 'pg';

const wrong: { option: string; config?: PoolConfig; options: unknown }[] = [
  { option: 'OrgPool', options: undefined },
  { option: 'context', options: {} },
  { option: 'context', options: { context: 'loose' } },
  { option: 'pipelines', options: { context: 'bound', pipelines: true } },
  { option: 'pipeline', options: { context: 'bound', pipeline: 'yes' } },
  { option: 'schema', options: { context: 'bound', schema: '' } },
  { option: 'seal', options: { context: 'sealed' } },
  { option: 'seal', options: { context: 'bound', seal: { kid: 'k', key: new Uint8Array(32) } } },
  { option: 'seal.key', options: { context: 'sealed', seal: { kid: 'k', key: new Uint8Array(8) } } },
  { option: 'seal.kid', options: { context: 'sealed', seal: { kid: 'k k', key: new Uint8Array(32) } } },
  { option: 'seal.ttl', options: { context: 'sealed', seal: { kid: 'k', key: new Uint8Array(32), ttl: 1 } } },
  {
    option: 'seal.ttlSeconds',
    options: { context: 'sealed', seal: { kid: 'k', key: new Uint8Array(32), ttlSeconds: 0 } },
  },
  { option: 'readableOrgs', options: { context: 'bound', readableOrgs: ['org_a'] } },
  { option: 'system', options: { context: 'bound', system: 'postgres://' } },
  { option: 'onSystem', options: { context: 'bound', onSystem: 'log' } },
  { option: 'now', options: { context: 'bound', now: 5 } },
  { option: 'Client', config: { Client: pg.Client }, options: { context: 'bound' } },
  { option: 'onConnect', config: { onConnect: () => undefined }, options: { context: 'bound' } },
  { option: 'verify', config: { verify: () => undefined }, options: { context: 'bound' } },
  { option: 'pipeline', config: { pipeline: true }, options: { context: 'bound' } },
];

describe('options of OrgPool', () => {
  test.each(wrong)('refuses $options by naming $option', ({ option, config = {}, options }) => {
    expect(() => new OrgPool(config, options as OrgPoolOptions)).toThrow(
      expect.objectContaining({ name: 'ConfigurationError', option }),
    );
  });

  test('system() is refused where none is configured, and without a reason', () => {
    const pool = new OrgPool({}, { context: 'bound' });
    expect(() => pool.system('migration')).toThrow('system');
    expect(() => pool.system('')).toThrow('system');
  });
});
