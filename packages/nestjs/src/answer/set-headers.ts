import { createRequire } from 'node:module';
import type { Challenge } from '@connect-auth/core';

/** A response of Express or a reply of Fastify: both have `header`. */
interface HttpResponse {
  header?(name: string, value: string): unknown;
  readonly headersSent?: boolean;
  readonly sent?: boolean;
}

/** Sets the headers of a challenge, for whichever exception filter answers. Does nothing if there is no response. */
export function setHeaders(response: HttpResponse | undefined, { headers }: Challenge): void {
  const { 'Content-Type': contentType, ...others } = headers;
  setEach(response, leavesType(response) ? { ...others, 'Content-Type': contentType } : others);
}

/** Sets the same headers except the content type, for a body that is made elsewhere and has a type of its own. */
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

/** Whether this is Nest 11. Some releases of Nest 12 do not allow their manifest to be read; all of Nest 11 do. */
function isNest11(): boolean {
  try {
    return createRequire(import.meta.url)('@nestjs/core/package.json').version.startsWith('11.');
  } catch {
    return false;
  }
}

const renamesTypes = isNest11();

/**
 * Whether Nest leaves a given content type alone. Nest 11 on Express does not: unless the body of an error is called
 * `application/json`, it considers the type wrong, replaces it, and logs a warning at every refusal. There, the type is
 * not set at all.
 */
const leavesType = (response: object | undefined): boolean =>
  !renamesTypes || (response !== undefined && !('json' in response));
