import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, UseGuards } from '@nestjs/common';
import { Ctx, EventPattern, MessagePattern, Payload, TcpContext } from '@nestjs/microservices';
import { defer, of } from 'rxjs';
import { ConnectAuthGuard, ConnectAuthVerifier, currentAuth, OrgId, Public, RequireScopes } from '../../src/index.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import {
  insufficientScope,
  internalError,
  invalidRequest,
  invalidToken,
  issuerUnavailable,
  missingToken,
  orgRequired,
} from '../ws/message-errors.js';
import { nestMajor } from '../ws/nest-major.js';
import { openMicroservice, withToken } from './open-microservice.js';

const events: unknown[] = [];
let gate = { arrived: (): void => {}, opened: Promise.resolve() };

@Controller()
@UseGuards(ConnectAuthGuard)
class ProjectsController {
  @MessagePattern('org') async org(@OrgId() orgId: string, @Payload() data: object, @Ctx() context: TcpContext) {
    gate.arrived();
    await gate.opened;
    return [orgId, currentAuth().orgId, typeof data, context.getPattern()];
  }
  @MessagePattern('observable') observable() {
    return defer(() => of(currentAuth().orgId));
  }
  @MessagePattern('write') @RequireScopes('projects:write') write() {
    return 'written';
  }
  @MessagePattern('open') @Public() open() {
    return currentAuth().orgId;
  }
  @MessagePattern('events') @Public() events() {
    return events;
  }
  @EventPattern('changed') changed(@OrgId() orgId: string) {
    events.push([orgId, currentAuth().orgId]);
  }
}

describe('TCP', () => {
  let world: OpenIssuer;
  let service: Awaited<ReturnType<typeof openMicroservice>>;
  let good: { authorization: string } | undefined;
  beforeAll(async () => {
    world = await openIssuer();
    service = await openMicroservice(world.trust(), ProjectsController);
    good = withToken(world.issuer.token({ org: 'org_A', scopes: ['other'] }));
  });

  test('a good token, and the caller in the handler', async () => {
    expect(await service.send('org', good)).toEqual({ answer: ['org_A', 'org_A', 'object', 'org'] });
    expect(await service.send('observable', good)).toEqual({ answer: 'org_A' });
  });

  test.each([
    ['nothing', () => undefined, missingToken],
    ['no authorization', () => ({ other: 'x' }), missingToken],
    ['another scheme', () => ({ authorization: 'Basic YTpi' }), missingToken],
    ['a flawed token', () => withToken(world.issuer.flaws.tampered()), invalidToken],
    ['a malformed token', () => withToken('a b'), invalidRequest],
    ['several tokens', () => ({ authorization: [good?.authorization, good?.authorization] }), invalidRequest],
    ['a token under two spellings', () => ({ ...good, Authorization: good?.authorization }), invalidRequest],
    ['an object', () => ({ authorization: { toString: 1, valueOf: 1 } }), invalidRequest],
    ['a list of one that is no text', () => ({ authorization: [[good?.authorization]] }), invalidRequest],
    ['no organization', () => withToken(world.issuer.token({ omit: ['org_id'] })), orgRequired],
  ])('metadata with %s', async (_name, metadata, error) => {
    expect(await service.send('org', metadata())).toEqual({ error });
  });

  test('no scope', async () => {
    expect(await service.send('write', good)).toEqual({ error: insufficientScope('projects:write') });
  });

  test('a public message has no caller, whatever token comes with it', async () => {
    expect(await service.send('open', good)).toEqual({ error: internalError });
    expect(service.errors.splice(0)).toEqual([expect.objectContaining({ option: 'currentAuth()' })]);
  });

  test('metadata in the data count where the packet has none', async () => {
    const metadata = good;
    expect(await service.send('org', undefined, { metadata })).toMatchObject({
      answer: ['org_A', 'org_A', 'object', 'org'],
    });
    if (nestMajor >= 12) expect(await service.send('org', { other: 1 }, { metadata })).toEqual({ error: missingToken });
  });

  test('messages under way at once have each its own caller', async () => {
    let open = (): void => {};
    let missing = 4;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    gate = { opened, arrived: () => void (--missing === 0 && open()) };
    const orgs = ['org_A', 'org_B', 'org_C', 'org_D'];
    const answers = await Promise.all(
      orgs.map((org) => service.send('org', undefined, { metadata: withToken(world.issuer.token({ org })) })),
    );
    expect(answers).toEqual(orgs.map((org) => ({ answer: [org, org, 'object', 'org'] })));
  });

  test('an event that is refused is not handled, and the service goes on', async () => {
    for (const metadata of [undefined, withToken(world.issuer.flaws.expired()), { authorization: { toString: 1 } }]) {
      await service.emit('changed', metadata);
    }
    await service.emit('changed', good);
    expect(await service.send('events')).toEqual({ answer: [['org_A', 'org_A']] });
    // Nobody is told; Nest 12 logs what it would have told.
    const logged = service.errors.splice(0).map((error) => (error as { cause: { reason: string } }).cause.reason);
    expect(logged.sort()).toEqual(nestMajor >= 12 ? ['expired', 'malformed_header', 'missing'] : []);
  });

  test('a token that expires, and one that is revoked, on a connection that stays', async () => {
    const { issuer, clock, trust } = await openIssuer();
    const { send, microservice } = await openMicroservice(trust(), ProjectsController);
    const [short, long] = [300, 900].map((lifetimeSeconds) =>
      withToken(issuer.token({ org: 'org_A', lifetimeSeconds })),
    );
    expect(await send('org', short)).toMatchObject({ answer: {} });
    clock.advanceSeconds(306);
    expect(await send('org', short)).toEqual({ error: invalidToken });
    expect(await send('org', long)).toMatchObject({ answer: {} });
    await microservice.get(ConnectAuthVerifier).revoke({ orgId: 'org_A' });
    expect(await send('org', long)).toEqual({ error: invalidToken });
  });

  test('an issuer that cannot be asked', async () => {
    const { issuer, trustKeysOnly } = await openIssuer();
    issuer.fail('jwks', 'error500');
    const { send } = await openMicroservice(trustKeysOnly(), ProjectsController);
    expect(await send('org', withToken(issuer.token()))).toEqual({ error: issuerUnavailable(1) });
  });
});
