import type { InternalError, MessageError } from '../answer/message-error.js';
import type { HandshakeClient } from '../request/ws-request.js';

/** A socket of socket.io, or a WebSocket of ws. */
export interface SocketClient extends HandshakeClient {
  emit(event: string, ...args: unknown[]): unknown;
  disconnect?(close: boolean): unknown;
  send?(...args: unknown[]): unknown;
  close?(code: number, reason?: string): unknown;
}

/** The close code for a violation of this endpoint's policy (RFC 6455 §7.4.1). */
const policyViolation = 1008;

/** Tells a client why it is refused, in the shape of Nest's own exceptions there, and closes its connection. */
export function turnAway(client: SocketClient, error: MessageError | InternalError): void {
  if (client.disconnect !== undefined) {
    client.emit('exception', error);
    client.disconnect(true);
  } else {
    client.send?.(JSON.stringify({ event: 'exception', data: error }));
    client.close?.(policyViolation, 'error' in error ? error.error : undefined);
  }
}
