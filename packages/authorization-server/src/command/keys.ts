import type { SigningKeyInfo } from '../keys/signing-key-info.js';
import { type Command, type CommandCall, callServer, withServer } from './command.js';
import { toTable } from './table.js';

/** `keys list` */
export const listKeys: Command = async (call) => {
  const rows =
    call.server === undefined
      ? (await withServer(call, 'keys list', (server) => server.parts.signingKeys.list())).map(ofRow)
      : ofAnswer(await callServer(call, 'GET', '/signing_keys'));
  printKeys(call, rows);
};

/** `keys rotate`: the next key becomes active, and servers that run on the same data follow within seconds. */
export const rotateKeys: Command = async (call) => {
  const rows =
    call.server === undefined
      ? (await withServer(call, 'keys rotate', (server) => server.parts.signingKeys.rotate())).map(ofRow)
      : ofAnswer(await callServer(call, 'POST', '/signing_keys/rotate'));
  printKeys(call, rows);
};

type Cells = readonly [kid: string, algorithm: string, status: string, created: string, activated: string];

const ofRow = ({ kid, algorithm, status, createdAt, activatedAt }: SigningKeyInfo): Cells => [
  kid,
  algorithm,
  status,
  createdAt.toISOString(),
  activatedAt?.toISOString() ?? '-',
];

interface KeyResource {
  readonly id: string;
  readonly algorithm: string;
  readonly status: string;
  readonly created_at: string;
  readonly activated_at: string | null;
}

const ofAnswer = (answer: unknown): Cells[] =>
  (answer as { data: KeyResource[] }).data.map((key) => [
    key.id,
    key.algorithm,
    key.status,
    key.created_at,
    key.activated_at ?? '-',
  ]);

const printKeys = ({ print }: CommandCall, rows: readonly Cells[]) =>
  print(toTable([['KEY', 'ALGORITHM', 'STATUS', 'CREATED', 'ACTIVATED'], ...rows]));
