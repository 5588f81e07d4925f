import type { ServerLogger } from '../options/authorization-server.options.js';

// A reader that went away is no reason to go, too.
process.stderr.on('error', () => undefined);

/** To the standard error, a line each: the standard output is for what a command prints. */
export const logger: ServerLogger = {
  warn: (message) => void process.stderr.write(`warning: ${message}\n`),
  error: (message) => void process.stderr.write(`error: ${message}\n`),
};
