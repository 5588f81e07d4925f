import { Get, HttpCode, Inject, Post } from '@nestjs/common';
import type { SigningKeyInfo } from '../../keys/signing-key-info.js';
import { AuthorizationServer } from '../../server/authorization-server.js';
import { ManagementController } from '../management-controller.decorator.js';

/** The signing keys, for the operator of the server. WorkOS has no such routes. */
@ManagementController('signing_keys')
export class SigningKeysController {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  @Get()
  async list(): Promise<object> {
    return toKeyList(await this.server.parts.signingKeys.list());
  }

  /** Makes the next key the active one. */
  @Post('rotate')
  @HttpCode(200)
  async rotate(): Promise<object> {
    return toKeyList(await this.server.parts.signingKeys.rotate());
  }
}

const toKeyList = (keys: readonly SigningKeyInfo[]) => ({
  object: 'list',
  data: keys.map(({ kid, algorithm, status, createdAt, activatedAt, retiredAt }) => ({
    object: 'signing_key',
    id: kid,
    algorithm,
    status,
    created_at: createdAt.toISOString(),
    activated_at: activatedAt?.toISOString() ?? null,
    retired_at: retiredAt?.toISOString() ?? null,
  })),
});
