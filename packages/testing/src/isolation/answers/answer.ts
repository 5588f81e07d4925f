/** What came back on the wire. */
export interface Answer {
  readonly status: number;
  /** In the order in which they came; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** Whether the answer came to its end, and in time. */
  readonly isComplete: boolean;
}

export const isSuccess = ({ status, isComplete }: Answer): boolean => isComplete && status >= 200 && status < 400;

/** The body as JSON, whatever it is called; `undefined` if it is none. */
export function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** Everything in an answer in which something can hide, in lower case. */
export const textOf = ({ headers, body }: Answer): string =>
  `${headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${body}`.toLowerCase();
