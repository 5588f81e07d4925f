import type { RequestHead } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import { textsOf } from './texts-of.js';

type Members = Readonly<Record<string, unknown>>;

/**
 * Returns the Authorization values in the metadata of a message: the metadata of gRPC and of Nest's own TCP and Redis
 * packets, the headers of NATS, Kafka and RabbitMQ, or the user properties of MQTT 5. If a message has no metadata, as
 * with TCP on Nest 11, `metadata` in its data is read.
 */
export function rpcRequest(context: ExecutionContext): RequestHead {
  const call = context.switchToRpc();
  // If the handler reads a gRPC stream itself, the data is the call object, which also has its metadata there.
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

/** Returns every Authorization value, however the name is spelt and in whatever form the transport delivers it. */
function authorizationIn(metadata: unknown): readonly string[] {
  return membersIn(metadata)
    .filter(([name]) => name.toLowerCase() === 'authorization')
    .flatMap(([, value]) => (Array.isArray(value) ? value.flatMap(textsOf) : textsOf(value)));
}

function membersIn(metadata: unknown): readonly (readonly [string, unknown])[] {
  const { get, keys } = membersOf(metadata);
  if (!isMethod(get)) return Object.entries(membersOf(metadata));
  // gRPC metadata spells a name in one way only; NATS headers keep every spelling, so all names are read.
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
