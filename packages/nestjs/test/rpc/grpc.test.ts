import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, UseGuards } from '@nestjs/common';
import { GrpcMethod, GrpcStreamCall, GrpcStreamMethod } from '@nestjs/microservices';
import { map, type Observable, of } from 'rxjs';
import { ConnectAuthGuard, currentAuth, OrgId, RequireScopes } from '../../src/index.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import {
  insufficientScope,
  invalidRequest,
  invalidToken,
  issuerUnavailable,
  missingToken,
  orgRequired,
} from '../ws/message-errors.js';
import { openGrpc } from './open-grpc.js';

interface Text {
  readonly text: string;
}
/** What a handler of a whole call is given. */
interface Call {
  on(event: 'data' | 'end', listener: (text: Text) => void): void;
  write(text: Text): void;
  end(): void;
}

@Controller()
@UseGuards(ConnectAuthGuard)
class ProjectsController {
  @GrpcMethod('Projects', 'Org') org(_text: Text) {
    return { text: currentAuth().orgId };
  }
  @GrpcMethod('Projects', 'Write') @RequireScopes('projects:write') write(_text: Text) {
    return { text: 'written' };
  }
  @GrpcMethod('Projects', 'Many') many(_text: Text, ..._rest: unknown[]) {
    return of('1', '2').pipe(map((each) => ({ text: `${each} ${currentAuth().orgId}` })));
  }
  @GrpcStreamMethod('Projects', 'Each') each(texts: Observable<Text>) {
    // Now: the client's messages come on their own, and not for anybody.
    const { orgId } = currentAuth();
    return texts.pipe(map(({ text }) => ({ text: `${text} ${orgId}` })));
  }
  @GrpcStreamCall('Projects', 'Call') call(call: Call) {
    const { orgId } = currentAuth();
    call.on('data', ({ text }) => call.write({ text: `${text} ${orgId}` }));
    call.on('end', () => call.end());
  }
}

@Controller()
@UseGuards(ConnectAuthGuard)
class OrgController {
  @GrpcMethod('Projects', 'Org') org(_text: Text, @OrgId() orgId?: string) {
    return { text: orgId };
  }
}

const statusOf = ({ code, message }: typeof missingToken) => ({ code, details: message });

describe('gRPC', () => {
  let world: OpenIssuer;
  let service: Awaited<ReturnType<typeof openGrpc>>;
  let good: { authorization: string };
  beforeAll(async () => {
    world = await openIssuer();
    service = await openGrpc(world.trust(), ProjectsController);
    good = bearer(world.issuer.token({ org: 'org_A', scopes: ['other'] }));
  });

  test.each([
    ['Org', ['org_A']],
    ['Many', ['1 org_A', '2 org_A']],
    ['Each', ['hello org_A']],
    ['Call', ['hello org_A']],
  ])('%s: a good token, and the caller in the handler', async (method, answers) => {
    expect(await service.call(method, good)).toEqual(answers);
  });

  describe.each(['Org', 'Many', 'Each'])('%s', (method) => {
    test.each([
      ['no token', () => ({}), missingToken],
      ['a flawed token', () => bearer(world.issuer.flaws.expired()), invalidToken],
      ['a malformed token', () => bearer('a b'), invalidRequest],
    ])('%s: the status of gRPC', async (_name, headers, error) => {
      expect(await service.call(method, headers())).toEqual(statusOf(error));
    });
  });

  test('no scope: PERMISSION_DENIED', async () => {
    expect(await service.call('Write', good)).toEqual(statusOf(insufficientScope('projects:write')));
  });

  test('no organization: PERMISSION_DENIED', async () => {
    const { call } = await openGrpc(world.trust(), OrgController);
    expect(await call('Org', bearer(world.issuer.token({ omit: ['org_id'] })))).toEqual(statusOf(orgRequired));
    expect(await call('Org', good)).toEqual(['org_A']);
  });

  test('an issuer that cannot be asked: UNAVAILABLE', async () => {
    const { issuer, trustKeysOnly } = await openIssuer();
    issuer.fail('jwks', 'error500');
    const { call } = await openGrpc(trustKeysOnly(), ProjectsController);
    expect(await call('Org', bearer(issuer.token()))).toEqual(statusOf(issuerUnavailable(1)));
  });

  test('nothing but refusals happened', () => expect(service.errors).toEqual([]));
});
