import { Body, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { notFound } from '../errors/refusal.js';
import { ManagementController } from './management-controller.decorator.js';
import { parseBody } from './parse-body.js';

const completion = z.object({
  external_auth_id: z.string().min(1),
  user: z.object({ id: z.string().min(1), email: z.email() }),
});

/** Where an application that signs users in by itself reports that it has (WorkOS's Standalone Connect). */
@ManagementController('authkit/oauth2')
export class CompleteLoginController {
  /** Nobody can sign in yet, so no login waits for its completion. @throws Refusal `invalid` or `not_found` */
  @Post('complete')
  @HttpCode(200)
  complete(@Body() body: unknown): never {
    parseBody(completion, body);
    throw notFound('External authentication session');
  }
}
