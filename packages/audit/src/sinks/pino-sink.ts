import { ConfigurationError } from '@connect-auth/core';
import type { AuditSink } from './audit-sink.js';

/** The part of a pino logger, or of a similar one, that is used. */
export interface PinoLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  flush?(done?: (error?: Error) => void): void;
}

/**
 * Writes each event as a line of the log, below the name `audit`: at level info if it was allowed, at level warn if
 * not. A logger above level info leaves out the allowed ones: `logger.child({}, { level: 'info' })` does not.
 *
 * An event counts as written once the logger has it. `flush` waits as far as the logger's own does: until it is on disk
 * for a transport and for a destination with `minLength`, and for nothing with `sync: false` alone or a multistream.
 */
export function pinoSink(logger: PinoLogger): AuditSink {
  if (typeof logger?.info !== 'function' || typeof logger.warn !== 'function') {
    throw new ConfigurationError('pinoSink()', 'takes a logger with the methods info and warn');
  }
  return {
    name: 'pino',
    write: async (events) => {
      for (const event of events) {
        if (event.decision === 'allow') logger.info({ audit: event }, event.action);
        else logger.warn({ audit: event }, event.action);
      }
    },
    ...(typeof logger.flush === 'function' && { flush: () => flushLogger(logger) }),
  };
}

const flushLogger = (logger: PinoLogger): Promise<void> =>
  new Promise((resolve, reject) => logger.flush?.((error) => (error ? reject(error) : resolve())));
