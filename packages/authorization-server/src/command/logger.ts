import type { ServerLogger } from '../options/authorization-server.options.js';

// A reader that has gone away is not a reason to exit.
process.stderr.on('error', () => undefined);

/** Writes each message as a line to the standard error: the standard output is reserved for what a command prints. */
export const logger: ServerLogger = {
  warn: (message) => void process.stderr.write(`warning: ${message}\n`),
  error: (message) => void process.stderr.write(`error: ${message}\n`),
};
