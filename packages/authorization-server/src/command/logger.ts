import type { ServerLogger } from '../options/authorization-server.options.js';

/** Writes each message as a line to the standard error: the standard output is reserved for what a command prints. */
export const createLogger = (stderr: NodeJS.WritableStream): ServerLogger => ({
  warn: (message) => void stderr.write(`warning: ${message}\n`),
  error: (message) => void stderr.write(`error: ${message}\n`),
});
