import type { RequestHead } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import { textsOf } from './texts-of.js';

type Members = Readonly<Record<string, unknown>>;

/**
 * The metadata of a message: that of gRPC and of Nest's own TCP and Redis packets, the headers of NATS, Kafka and
 * RabbitMQ, the user properties of MQTT 5. Where a message has none, as with TCP on Nest 11, `metadata` in its data.
 */
export function rpcRequest(context: ExecutionContext): RequestHead {
  const call = context.switchToRpc();
  // The data of a gRPC stream that the handler reads itself is the call, which has its metadata there, too.
  const metadata = metadataOf(call.getContext()) ?? membersOf(call.getData()).metadata;
  return { headers: { authorization: authorizationIn(metadata) } };
}

function metadataOf(context: unknown): unknown {
  const { get, getMetadata, getHeaders, getPacket, getMessage } = membersOf(context);
  if (isMethod(get)) return context; // gRPC
  if (isMethod(getMetadata)) return getMetadata.call(context); // TCP, Redis
  if (isMethod(getHeaders)) return getHeaders.call(context); // NATS
  if (isMethod(getPacket)) return membersOf(membersOf(getPacket.call(context)).properties).userProperties; // MQTT
  if (!isMethod(getMessage)) return undefined;
  const message = membersOf(getMessage.call(context));
  return message.headers ?? membersOf(message.properties).headers; // Kafka, RabbitMQ
}

/** Every value under the name, however it is spelt and in whichever form a transport hands it over. */
function authorizationIn(metadata: unknown): readonly string[] {
  return membersIn(metadata)
    .filter(([name]) => name.toLowerCase() === 'authorization')
    .flatMap(([, value]) => (Array.isArray(value) ? value.flatMap(textsOf) : textsOf(value)));
}

function membersIn(metadata: unknown): readonly (readonly [string, unknown])[] {
  const { get, keys } = membersOf(metadata);
  if (!isMethod(get)) return Object.entries(membersOf(metadata));
  // Names are spelt in one way in gRPC's metadata, and in many in the headers of NATS.
  return isMethod(keys) ? entriesOf(metadata as NatsHeaders) : [['authorization', get.call(metadata, 'authorization')]];
}

interface NatsHeaders {
  keys(): Iterable<string>;
  values(name: string): readonly string[];
}

const entriesOf = (headers: NatsHeaders): [string, unknown][] =>
  [...headers.keys()].map((name) => [name, headers.values(name)]);

const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {});

const isMethod = (value: unknown): value is (this: unknown, ...args: readonly unknown[]) => unknown =>
  typeof value === 'function';
