import type { MessageError } from '@connect-auth/nestjs';
import { openGuardedQuery } from '../../packages/nestjs/test/graphql/open-guarded-query.js';

import { openGuardedMessage } from '../../packages/nestjs/test/rpc/open-guarded-message.js';
import { openGuardedGateway } from '../../packages/nestjs/test/ws/open-guarded-gateway.js';
import type { Adapter, Told } from './adapter.js';

/** What a client of gateways and microservices is told, in HTTP's terms; without an error it is the answer. */
const toldByMessage = (error: Partial<MessageError> | undefined): Told =>
  error === undefined
    ? { status: 200, challenge: undefined }
    : { status: Number(error.statusCode), challenge: error.challenge };

const graphql: Adapter = {
  name: 'GraphQL',
  async open(options) {
    const { call, reached } = await openGuardedQuery('express', options);
    const told = async (token: string | undefined): Promise<Told> => {
      const { status, challenge, errors = [] } = await call(token);
      return { status: Number(errors[0]?.extensions?.status ?? status), challenge };
    };
    return { call: told, reached };
  },
};

const webSocket: Adapter = {
  name: 'WebSocket',
  async open(options) {
    const { call, reached } = await openGuardedGateway('socket.io', options);
    const told = async (token: string | undefined): Promise<Told> => {
      const { event, data } = await call(token);
      return toldByMessage(event === 'exception' ? (data as Partial<MessageError>) : undefined);
    };
    return { call: told, reached };
  },
};

const rpc: Adapter = {
  name: 'RPC',
  async open(options) {
    const { call, reached } = await openGuardedMessage(options);
    const told = async (token: string | undefined): Promise<Told> =>
      toldByMessage(((await call(token)) as { error?: Partial<MessageError> }).error);
    return { call: told, reached };
  },
};

export const adaptersOfMessages: readonly Adapter[] = [graphql, webSocket, rpc];
