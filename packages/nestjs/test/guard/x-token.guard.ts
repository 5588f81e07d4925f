import type { RequestHead } from '@connect-auth/core';
import { type ExecutionContext, Injectable } from '@nestjs/common';
import { ConnectAuthGuard } from '../../src/index.js';

/** Takes the token from a header of its own. */
export const fromXToken = (context: ExecutionContext): RequestHead => {
  const token = context.switchToHttp().getRequest<{ headers: Record<string, string> }>().headers['x-token'];
  return { headers: { authorization: token === undefined ? undefined : `Bearer ${token}` } };
};

@Injectable()
export class XTokenGuard extends ConnectAuthGuard {
  protected override getRequest(context: ExecutionContext): RequestHead {
    return fromXToken(context);
  }
}
