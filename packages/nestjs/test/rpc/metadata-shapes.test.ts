import { describe, expect, test } from '@jest/globals';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { KafkaContext, MqttContext, NatsContext, RedisContext, RmqContext, TcpContext } from '@nestjs/microservices';
import { requestOf } from '../../src/index.js';
import { nestMajor } from '../ws/nest-major.js';

type Headers = Readonly<Record<string, unknown>>;

/** The headers of the nats client: a list for each spelling of a name. */
function natsHeaders(headers: Headers) {
  const listOf = (name: string) => [headers[name]].flat().filter((value) => value !== undefined);
  return { keys: () => Object.keys(headers), values: listOf, get: (name: string) => listOf(name)[0] ?? '' };
}

const shapes: [string, (headers: Headers) => unknown][] = [
  ['NATS', (headers) => new NatsContext(['subject', natsHeaders(headers)] as never)],
  ['Kafka', (headers) => new KafkaContext([{ headers }, 0, 'topic'] as never)],
  ['RabbitMQ', (headers) => new RmqContext([{ properties: { headers } }, {}, 'pattern'] as never)],
  ['MQTT 5', (userProperties) => new MqttContext(['topic', { properties: { userProperties } }] as never)],
];
// Nest 11 has no metadata in these packets.
if (nestMajor >= 12) {
  shapes.push(['Redis', (headers) => new RedisContext(['channel', headers] as never)]);
  shapes.push(['TCP', (headers) => new TcpContext([{}, 'pattern', headers] as never)]);
}

function authorizationOf(context: unknown, data: unknown = {}) {
  const host = new ExecutionContextHost([data, context]);
  host.setType('rpc');
  return requestOf(host as never).headers;
}

describe.each(shapes)('%s', (_name, contextWith) => {
  test.each([
    ['a text', { authorization: 'Bearer a' }, ['Bearer a']],
    ['bytes', { authorization: Buffer.from('Bearer a') }, ['Bearer a']],
    ['a name in capitals', { Authorization: 'Bearer a', other: 'x' }, ['Bearer a']],
    ['a list', { authorization: ['Bearer a', Buffer.from('Bearer b')] }, ['Bearer a', 'Bearer b']],
    ['two spellings', { authorization: 'Bearer a', AUTHORIZATION: 'Bearer b' }, ['Bearer a', 'Bearer b']],
    ['something else', { authorization: { a: 1 } }, ['Bearer ,']],
    ['none', { other: 'x' }, []],
  ])('%s', (_what, headers, authorization) => {
    expect(authorizationOf(contextWith(headers as Headers))).toEqual({ authorization });
  });

  test('with headers of its own: what the data say does not count', () => {
    const data = { metadata: { authorization: 'Bearer data' } };
    expect(authorizationOf(contextWith({ other: 'x' }), data)).toEqual({ authorization: [] });
  });
});

describe('without any metadata in the message, those in its data count', () => {
  const contexts: [string, unknown][] = [
    ['NATS', new NatsContext(['subject', undefined] as never)],
    ['Kafka', new KafkaContext([{}, 0, 'topic'] as never)],
    ['RabbitMQ', new RmqContext([{ properties: {} }, {}, 'pattern'] as never)],
    ['MQTT', new MqttContext(['topic', {}] as never)],
    ['Redis', new RedisContext(['channel'] as never)],
    ['TCP', new TcpContext([{}, 'pattern'] as never)],
    ['a transport of somebody’s own making', undefined],
  ];
  test.each(contexts)('%s', (_name, context) => {
    const metadata = { authorization: 'Bearer data' };
    expect(authorizationOf(context, { metadata })).toEqual({ authorization: ['Bearer data'] });
    for (const data of [undefined, null, 'text', { metadata: 'text' }, { metadata: [metadata] }]) {
      expect(authorizationOf(context, data)).toEqual({ authorization: [] });
    }
  });
});
