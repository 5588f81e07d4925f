import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '@connect-auth/core';
import { z } from 'zod';

const identifier = z.string().regex(/^[\w-]{1,64}$/);
const text = z.string().trim().min(1);

/** The minimum contents of a database. Everything has an identifier, so that applying it again changes nothing. */
const seedFile = z.strictObject({
  organizations: z.array(z.strictObject({ id: identifier, name: text })).default([]),
  users: z
    .array(
      z.strictObject({
        id: identifier,
        email: z.email(),
        first_name: text.optional(),
        last_name: text.optional(),
        organization_ids: z.array(identifier).default([]),
      }),
    )
    .default([]),
  /** As in `POST /connect/applications`, with a `client_id`. */
  applications: z.array(z.looseObject({ client_id: identifier, name: text })).default([]),
  api_keys: z.array(z.strictObject({ name: text })).default([]),
});

export type SeedFile = z.infer<typeof seedFile>;

/** @throws ConfigurationError for a file that cannot be read or is not a seed file */
export async function readSeedFile(file: string): Promise<SeedFile> {
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError('seed file', `${file} cannot be read (${error.code})`);
  });
  return parseSeed(parseJson(file, content));
}

/** @throws ConfigurationError that names the place at fault */
export function parseSeed(value: unknown): SeedFile {
  const parsed = seedFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigurationError(`seed file: ${issue?.path.join('.') || 'file'}`, `is wrong: ${issue?.message}`);
}

function parseJson(file: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new ConfigurationError('seed file', `${file} is not JSON`);
  }
}
