import { Body, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { ManagementController } from '../management/management-controller.decorator.js';
import { notFound } from '../management/management-error.js';
import { parseBody } from '../management/parse-body.js';

const completion = z.object({
  external_auth_id: z.string().min(1),
  user: z.object({ id: z.string().min(1), email: z.email() }),
});

/** Where an application that signs users in by itself reports that it has (WorkOS's Standalone Connect). */
@ManagementController('authkit/oauth2')
export class CompleteLoginController {
  /** Nobody can sign in yet, so no login waits for its completion. @throws ManagementError 422 or 404 */
  @Post('complete')
  @HttpCode(200)
  complete(@Body() body: unknown): never {
    parseBody(completion, body);
    throw notFound('External authentication session');
  }
}
