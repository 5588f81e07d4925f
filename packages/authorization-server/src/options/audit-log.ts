import { closeSync, openSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { ConfigurationError } from '@connect-auth/core';
import type { AuditEvent, AuditSink } from '../audit/audit-event.js';
import type { Environment } from './options-from-env.js';

/**
 * Opens a sink that writes each event as a line of JSON, appended to the file `AUDIT_LOG`, or else to the stream. A
 * failure is logged by the server, and the next event is written all the same.
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
  let written = Promise.resolve();
  // One after the other, so that the file keeps the order of the events.
  return (event) => {
    const writing = written.then(() => appendFile(file, toLine(event)));
    written = writing.catch(() => undefined);
    return writing;
  };
}

function streamSink(stream: NodeJS.WritableStream): AuditSink {
  // A reader that has gone away is not a reason to exit; the callback of the write reports it.
  stream.on('error', () => undefined);
  return (event) =>
    new Promise((written, failed) => {
      stream.write(toLine(event), (error) => (error ? failed(error) : written()));
    });
}

const toLine = (event: AuditEvent): string => `${JSON.stringify(event)}\n`;
