/** The response to a request, as it was received. */
export interface Answer {
  readonly status: number;
  /** In the order received; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** Whether the answer was received to its end, in time. */
  readonly isComplete: boolean;
}

export const isSuccess = ({ status, isComplete }: Answer): boolean => isComplete && status >= 200 && status < 400;

/** Parses the body as JSON, whatever its media type; `undefined` if it is not JSON. */
export function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** Returns everything in an answer that can hold a leak, in lower case. */
export const textOf = ({ headers, body }: Answer): string =>
  `${headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${body}`.toLowerCase();
