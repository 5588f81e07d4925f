import { createRequire } from 'node:module';
import type { Challenge } from '@connect-auth/core';

/** A response of Express or a reply of Fastify: both have `header`. */
interface HttpResponse {
  header?(name: string, value: string): unknown;
  readonly headersSent?: boolean;
  readonly sent?: boolean;
}

/** Sets the headers of a challenge, for whichever exception filter answers. Where there is no response, nothing. */
export function setHeaders(response: HttpResponse | undefined, { headers }: Challenge): void {
  const { 'Content-Type': contentType, ...others } = headers;
  setEach(response, leavesType(response) ? { ...others, 'Content-Type': contentType } : others);
}

/** The same where the body is of another making, and so of a type of its own. */
export function setHeadersWithoutType(response: HttpResponse | undefined, { headers }: Challenge): void {
  const { 'Content-Type': _, ...others } = headers;
  setEach(response, others);
}

function setEach(response: HttpResponse | undefined, headers: Readonly<Record<string, string | undefined>>): void {
  if (response?.headersSent === true || response?.sent === true) return;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) response?.header?.(name, value);
  }
}

/** Some releases of Nest 12 do not let their manifest be read; those of Nest 11 all do. */
function isNest11(): boolean {
  try {
    return createRequire(import.meta.url)('@nestjs/core/package.json').version.startsWith('11.');
  } catch {
    return false;
  }
}

const renamesTypes = isNest11();

/**
 * Nest 11 on Express takes the body of an error for mistyped unless it is called `application/json`: it would call it
 * that, and log a warning at every refusal. It is not told the type at all.
 */
const leavesType = (response: object | undefined): boolean =>
  !renamesTypes || (response !== undefined && !('json' in response));
