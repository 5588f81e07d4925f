import { closeSync, openSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { ConfigurationError } from '@connect-auth/core';
import type { AuditEvent, AuditSink } from '../audit/audit-event.js';
import type { Environment } from './options-from-env.js';

/**
 * One line of JSON for each event: to the end of the file `AUDIT_LOG`, or else to the stream. What cannot be written is
 * logged by the server, and the next event is tried again.
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
  // One after the other, so that the file tells in which order it happened.
  return (event) => {
    const writing = written.then(() => appendFile(file, toLine(event)));
    written = writing.catch(() => undefined);
    return writing;
  };
}

function streamSink(stream: NodeJS.WritableStream): AuditSink {
  // A reader that went away is no reason to go, too: whoever writes hears of it by the callback.
  stream.on('error', () => undefined);
  return (event) =>
    new Promise((written, failed) => {
      stream.write(toLine(event), (error) => (error ? failed(error) : written()));
    });
}

const toLine = (event: AuditEvent): string => `${JSON.stringify(event)}\n`;
