import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '@connect-auth/core';

/** @throws ConfigurationError unless the file contains a JSON object */
export async function readJsonFile(file: string): Promise<object> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError(file, `cannot be read (${error.code})`);
  });
  const value = parse(file, text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigurationError(file, 'must contain a JSON object');
  }
  return value;
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigurationError(file, 'is not JSON');
  }
}
