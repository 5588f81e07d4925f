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
 * Verifies callers while they connect to a gateway. Guards run for messages only: without this, a caller without a token
 * may stay connected and hear what the server sends to everybody.
 */
@Injectable()
export class ConnectAuthHandshake {
  private readonly logger = new Logger('ConnectAuthHandshake');

  constructor(
    @Inject(ConnectAuthVerifier) private readonly verifier: ConnectAuthVerifier,
    @Inject(adapterSettings) private readonly settings: AdapterSettings,
  ) {}

  /**
   * The verified caller, to put into the room of its organization; or undefined, where the caller was told why and the
   * connection is being closed. For `handleConnection(client, request)`; ws needs it there for its guards, too, since
   * the request is known at no other time.
   *
   * It never rejects: nobody catches what `handleConnection` rejects with, and Node.js ends the process then. Anything
   * but a refusal is a bug, which goes to the log, and the caller hears of an internal error.
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
