import { closeSync, openSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import type { AuditEvent, AuditSink } from '@connect-auth/audit';
import { ConfigurationError } from '@connect-auth/core';
import type { Environment } from './options-from-env.js';

/**
 * Opens a sink that writes each event as a line of JSON, appended to the file `AUDIT_LOG`, or else to the stream. The file
 * is opened anew for each write, so that it may be moved away at any time.
 *
 * @throws ConfigurationError for a file that cannot be written
 */
export function openAuditLog(env: Environment, otherwise: NodeJS.WritableStream): AuditSink {
  const file = env.AUDIT_LOG;
  if (!file) return streamSink(otherwise);
  try {
    closeSync(openSync(file, 'a'));
  } catch (error) {
    throw new ConfigurationError('AUDIT_LOG', `${file} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
  return { name: 'audit-log', write: (events) => appendFile(file, toLines(events)) };
}

function streamSink(stream: NodeJS.WritableStream): AuditSink {
  // A reader that has gone away is not a reason to exit; the callback of the write reports it.
  stream.on('error', () => undefined);
  return {
    name: 'audit-log',
    write: (events) =>
      new Promise((written, failed) => {
        stream.write(toLines(events), (error) => (error ? failed(error) : written()));
      }),
  };
}

const toLines = (events: readonly AuditEvent[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');
