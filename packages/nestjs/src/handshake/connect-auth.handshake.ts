import { type Auth, extractToken, isAuthError, toChallenge } from '@connect-auth/core';
import { checkAuth } from '@connect-auth/core/adapter';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { internalError, toMessageError } from '../answer/message-error.js';
import type { AdapterSettings } from '../connect-auth.options.js';
import { adapterSettings } from '../connect-auth.tokens.js';
import { ConnectAuthVerifier } from '../connect-auth.verifier.js';
import type { HttpRequest } from '../request/http-request.js';
import { handshakeOf, keepUpgrade } from '../request/ws-request.js';
import { type SocketClient, turnAway } from './turn-away.js';

/**
 * Verifies callers while they connect to a gateway. Guards run for messages only: without this, a caller without a
 * token can stay connected and receive what the server sends to everybody.
 */
@Injectable()
export class ConnectAuthHandshake {
  private readonly logger = new Logger('ConnectAuthHandshake');

  constructor(
    @Inject(ConnectAuthVerifier) private readonly verifier: ConnectAuthVerifier,
    @Inject(adapterSettings) private readonly settings: AdapterSettings,
  ) {}

  /**
   * Returns the verified caller, to be put into the room of its organization; or undefined, if the caller was told why
   * it is refused and the connection is being closed. Call it in `handleConnection(client, request)`; with ws, guards
   * depend on that, too, since the request is available at no other time.
   *
   * Never rejects: nobody catches a rejection of `handleConnection`, and Node.js would end the process. Any error but a
   * refusal is a bug: it is logged, and the caller is told of an internal error.
   *
   * @param request the second argument of `handleConnection`, with ws; socket.io has none
   */
  async admit(client: SocketClient, request?: HttpRequest): Promise<Auth | undefined> {
    if (request !== undefined && client.handshake === undefined) keepUpgrade(client, request);
    try {
      const token = extractToken(handshakeOf(client));
      const auth = this.verifier.recall(token) ?? (await this.verifier.verify(token));
      checkAuth(auth);
      return auth;
    } catch (error) {
      if (!isAuthError(error)) this.logger.error(error);
      turnAway(
        client,
        isAuthError(error) ? toMessageError(toChallenge(error, this.settings.challenge)) : internalError,
      );
      return undefined;
    }
  }
}
