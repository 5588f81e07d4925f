import { Body, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { notFound } from '../errors/refusal.js';
import { ManagementController } from './management-controller.decorator.js';
import { parseBody } from './parse-body.js';

const completion = z.object({
  external_auth_id: z.string().min(1),
  user: z.object({ id: z.string().min(1), email: z.email() }),
});

/** The endpoint where an application that signs users in itself reports a login (WorkOS's Standalone Connect). */
@ManagementController('authkit/oauth2')
export class CompleteLoginController {
  /** Refuses always: nobody can sign in yet, so no login is pending. @throws Refusal `invalid` or `not_found` */
  @Post('complete')
  @HttpCode(200)
  complete(@Body() body: unknown): never {
    parseBody(completion, body);
    throw notFound('External authentication session');
  }
}
