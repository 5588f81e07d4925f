type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Returns the ids that a request brings along: of `X-Request-Id`, and of the trace in `traceparent` (W3C Trace Context
 * §3.2). The caller wrote them, so anything but a short token is discarded.
 */
export function requestIdsIn(headers: Headers): { readonly request_id?: string; readonly trace_id?: string } {
  const request_id = /^[\w.:-]{1,128}$/.exec(String(headers['x-request-id'] ?? ''))?.[0];
  const trace_id = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(headers.traceparent ?? ''))?.[1];
  return { ...(request_id !== undefined && { request_id }), ...(trace_id !== undefined && { trace_id }) };
}
