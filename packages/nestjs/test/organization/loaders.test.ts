import { findCurrentAuth } from '@connect-auth/core';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  ConflictException,
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  type ModuleMetadata,
  Scope,
  type Type,
} from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { currentAuth, currentOrg, OrgOwned, type OrgOwnedOptions, Owned, type RoutedRequest } from '../../src/index.js';
import { answerOf, serverError } from '../answers.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { notFound } from './answers.js';
import { callerOf, openControllers } from './open-controllers.js';
import { asked, findProject, type Project, ProjectsLoader } from './projects.js';

type Load = OrgOwnedOptions<Project>['load'];

function controllerWith(load: Load): Type {
  @Controller('projects')
  class ProjectsController {
    @Get(':id')
    @OrgOwned({ type: 'project', load })
    one(@Owned() { id }: Project) {
      return { id };
    }
  }
  return ProjectsController;
}

@Module({ providers: [ProjectsLoader] })
class PrivateModule {}

/** Counts how many there were. */
const made: number[] = [];

@Injectable({ scope: Scope.REQUEST })
class ScopedLoader {
  constructor() {
    made.push(made.length);
  }

  load(id: string) {
    return findProject(id);
  }
}

@Injectable()
class DependingLoader {
  constructor(@Inject(ScopedLoader) private readonly inner: ScopedLoader) {}

  load(id: string) {
    return this.inner.load(id);
  }
}

@Injectable({ scope: Scope.TRANSIENT })
class TransientLoader extends ScopedLoader {}

/** What modules provide in its place says how. */
class PortLoader {
  load(_id: string): Project | undefined {
    throw new Error('was asked itself');
  }
}

/** One whose prototype has no method. */
abstract class AbstractLoader {
  abstract load(id: string): Project | undefined;
}

@Injectable()
class FieldLoader {
  readonly load = async (id: string) => findProject(id);
}

const ways: readonly (readonly [name: string, load: Load, setup: ModuleMetadata])[] = [
  ['a class of the same module', ProjectsLoader, { providers: [ProjectsLoader] }],
  ['a class that another module keeps to itself', ProjectsLoader, { imports: [PrivateModule] }],
  [
    'a class that a factory makes',
    ProjectsLoader,
    { providers: [{ provide: ProjectsLoader, useFactory: () => new ProjectsLoader() }] },
  ],
  ['a class in the place of another', PortLoader, { providers: [{ provide: PortLoader, useClass: ProjectsLoader }] }],
  [
    'one for each request under another name',
    PortLoader,
    { providers: [ScopedLoader, { provide: PortLoader, useExisting: ScopedLoader }] },
  ],
  [
    'a class whose method is abstract',
    AbstractLoader as unknown as Load,
    { providers: [{ provide: AbstractLoader, useClass: ProjectsLoader }] },
  ],
  ['a class whose method is a field', FieldLoader, { providers: [FieldLoader] }],
  ['a class for each request', ScopedLoader, { providers: [ScopedLoader] }],
  ['a class that needs one for each request', DependingLoader, { providers: [ScopedLoader, DependingLoader] }],
  ['a class for each that asks', TransientLoader, { providers: [TransientLoader] }],
  ['a function', (id) => findProject(id), {}],
  ['an async function', async (id) => findProject(id), {}],
];

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});
beforeEach(() => {
  asked.length = 0;
  made.length = 0;
});

describe.each(platforms)('%s', (platform) => {
  test.each(ways)('loads by %s', async (_name, load, setup) => {
    const { http } = await openControllers(platform, world, [controllerWith(load)], setup);
    for (const _time of ['first', 'second']) {
      await http.get('/projects/p_A').set(callerOf(world, 'org_A')).expect(200, { id: 'p_A' });
      expect(answerOf(await http.get('/projects/p_B').set(callerOf(world, 'org_A')))).toEqual(notFound);
    }
    expect(asked).toEqual(['p_A', 'p_B', 'p_A', 'p_B']);
  });

  test('one for each request is made for each request', async () => {
    const { http } = await openControllers(platform, world, [controllerWith(ScopedLoader)], {
      providers: [ScopedLoader],
    });
    for (const count of [1, 2]) {
      await http.get('/projects/p_A').set(callerOf(world, 'org_A')).expect(200);
      expect(made).toHaveLength(count);
    }
  });

  test('one for each request is told of the request, and is the one that its controller gets', async () => {
    const seen: unknown[] = [];
    @Injectable({ scope: Scope.REQUEST })
    class AskingLoader {
      constructor(@Inject(REQUEST) readonly request: RoutedRequest | undefined) {}

      load(id: string) {
        seen.push(this.request?.url);
        return findProject(id);
      }
    }
    @Controller('projects')
    class ProjectsController {
      constructor(@Inject(AskingLoader) readonly loader: AskingLoader) {}

      @Get(':id')
      @OrgOwned({ type: 'project', load: AskingLoader })
      one() {
        seen.push(this.loader.request?.url);
      }
    }
    const { http } = await openControllers(platform, world, [ProjectsController], { providers: [AskingLoader] });
    await http.get('/projects/p_A?x=1').set(callerOf(world, 'org_A')).expect(200);
    expect(seen).toEqual(['/projects/p_A?x=1', '/projects/p_A?x=1']);
  });

  test('it is told of the request, and asks as the caller', async () => {
    const seen: unknown[] = [];
    const load = async (id: string, { url, params, headers }: RoutedRequest) => {
      await Promise.resolve();
      seen.push([url, params?.id, headers['x-trace'], currentOrg(), currentAuth().orgId]);
      return findProject(id);
    };
    const { http } = await openControllers(platform, world, [controllerWith(load)]);
    for (const org of ['org_A', 'org_B']) {
      await http.get('/projects/p_A?x=1').set(callerOf(world, org)).set('x-trace', '7');
    }
    const told = ['/projects/p_A?x=1', 'p_A', '7'];
    expect(seen).toEqual([
      [...told, 'org_A', 'org_A'],
      [...told, 'org_B', 'org_B'],
    ]);
  });

  test('what it throws is for the application: an exception of Nest is answered as it says', async () => {
    const load = () => Promise.reject(new ConflictException('moved'));
    const { http } = await openControllers(platform, world, [controllerWith(load)]);
    const body = { statusCode: 409, message: 'moved', error: 'Conflict' };
    await http.get('/projects/p_A').set(callerOf(world, 'org_A')).expect(409, body);
  });

  test.each<[name: string, load: Load]>([
    [
      'throws',
      () => {
        throw new Error('no database: p_A');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no database: p_A'))],
    ['throws what is no error', () => Promise.reject('no database: p_A')],
  ])('where it %s, the caller is told nothing of it', async (_what, load) => {
    const seen: unknown[] = [];
    const prepare = (app: Awaited<ReturnType<typeof openControllers>>['app']) =>
      app.useGlobalFilters({
        catch(error: unknown, host: { switchToHttp(): { getResponse(): unknown } }) {
          seen.push([error instanceof Error ? error.message : error, findCurrentAuth()]);
          const body = { statusCode: 500, message: 'Internal server error' };
          app.getHttpAdapter().reply(host.switchToHttp().getResponse(), body, 500);
        },
      });
    const { http } = await openControllers(platform, world, [controllerWith(load)], { prepare });
    const answer = await http.get('/projects/p_A').set(callerOf(world, 'org_A'));
    expect(answerOf(answer)).toEqual(serverError);
    expect(answer.text).not.toContain('database');
    expect(seen).toEqual([['no database: p_A', undefined]]);
  });
});
