import type { AddressInfo, Server } from 'node:net';
import { afterAll } from '@jest/globals';
import type { INestMicroservice, Type } from '@nestjs/common';
import { type ClientProxy, ClientProxyFactory, type ClientTCP, Transport } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { firstValueFrom } from 'rxjs';
import { ConnectAuthModule, type ConnectAuthModuleExtras, type ConnectAuthModuleOptions } from '../../src/index.js';
import { nestMajor } from '../ws/nest-major.js';
import { errorLog } from '../ws/open-gateway.js';

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Closes something after the tests of the file. */
export const closeLater = (close: () => unknown): void => void closing.push(close);

/** A module of the application that tests speak of. */
export async function compileModule(options: ConnectAuthModuleOptions & ConnectAuthModuleExtras, controllers: Type[]) {
  const { errors, logger } = errorLog();
  const module = await Test.createTestingModule({ imports: [ConnectAuthModule.forRoot(options)], controllers })
    .setLogger(logger)
    .compile();
  return { module, errors };
}

export const onLoopback = { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } } as const;

export const portOf = (microservice: INestMicroservice): number =>
  (microservice.unwrap<Server>().address() as AddressInfo).port;

/** A microservice over TCP, and what its clients are told. */
export async function openMicroservice(
  options: ConnectAuthModuleOptions & ConnectAuthModuleExtras,
  ...controllers: Type[]
) {
  const { module, errors } = await compileModule(options, controllers);
  const microservice: INestMicroservice = module.createNestMicroservice(onLoopback);
  closeLater(() => microservice.close());
  await microservice.listen();
  return { microservice, errors, ...openTcpClient(portOf(microservice)) };
}

export function openTcpClient(port: number) {
  const client: ClientProxy = ClientProxyFactory.create({ ...onLoopback, options: { host: '127.0.0.1', port } });
  closeLater(() => client.close());
  let metadata: unknown;
  // Nest 12 has metadata in its packets; on Nest 11 they are a part of the data.
  if (nestMajor >= 12) {
    (client as ClientTCP).setOnDispatchHook((packet) =>
      Object.assign(packet, metadata === undefined ? {} : { metadata }),
    );
  }
  const dataWith = (data: object) => (nestMajor >= 12 || metadata === undefined ? data : { ...data, metadata });

  /** What came of a message: its answer, or the error that the client was told. */
  async function send(pattern: string, withMetadata?: unknown, data: object = {}): Promise<unknown> {
    metadata = withMetadata;
    const answer = firstValueFrom(client.send(pattern, dataWith(data)));
    return answer.then(
      (answered: unknown) => ({ answer: answered }),
      (error: unknown) => ({ error }),
    );
  }
  async function emit(pattern: string, withMetadata?: unknown, data: object = {}): Promise<void> {
    metadata = withMetadata;
    await firstValueFrom(client.emit(pattern, dataWith(data)), { defaultValue: undefined });
  }
  return { send, emit };
}

export const withToken = (token: string | undefined) =>
  token === undefined ? undefined : { authorization: `Bearer ${token}` };
