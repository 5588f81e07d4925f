import { ConfigurationError } from '@connect-auth/core';
import { type Command, withServer } from './command.js';
import { toTable } from './table.js';

/** `api-key create [NAME]`: prints the key, which is not stored anywhere. */
export const createApiKey: Command = async (call) => {
  const [name = 'default'] = call.operands;
  const { key } = await withServer(call, 'api-key create', (server) => server.parts.apiKeys.create(name));
  call.print(key);
};

/** `api-key list` */
export const listApiKeys: Command = async (call) => {
  const keys = await withServer(call, 'api-key list', (server) => server.parts.apiKeys.list());
  const rows = keys.map(({ id, name, hint, createdAt, lastUsedAt }) => [
    id,
    name,
    `…${hint}`,
    createdAt.toISOString(),
    lastUsedAt?.toISOString() ?? '-',
  ]);
  call.print(toTable([['ID', 'NAME', 'ENDS WITH', 'CREATED', 'LAST USED'], ...rows]));
};

/** `api-key delete ID`: the key stops working at once. */
export const deleteApiKey: Command = async (call) => {
  const [id] = call.operands;
  if (id === undefined) throw new ConfigurationError('api-key delete', 'needs the id of a key: api-key list');
  const isGone = await withServer(call, 'api-key delete', (server) => server.parts.apiKeys.remove(id));
  if (!isGone) throw new ConfigurationError('api-key delete', `there is no key ${id}`);
  call.print(`${id} is deleted.`);
};
