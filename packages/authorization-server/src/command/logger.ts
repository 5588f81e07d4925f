import type { ServerLogger } from '../options/authorization-server.options.js';

/** To the standard error, a line each: the standard output is for what a command prints. */
export const createLogger = (stderr: NodeJS.WritableStream): ServerLogger => ({
  warn: (message) => void stderr.write(`warning: ${message}\n`),
  error: (message) => void stderr.write(`error: ${message}\n`),
});
