import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { OrgOwned, Owned } from '../../src/index.js';
import { answerOf, serverError } from '../answers.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { notFound } from './answers.js';
import { callerOf, openControllers } from './open-controllers.js';

/** What the loader gives by the id in the path. */
const objects: Readonly<Record<string, unknown>> = {
  spelt: { organizationId: 'org_A' },
  twiceSame: { org_id: 'org_A', orgId: 'org_A' },
  frozen: Object.freeze({ org_id: 'org_A' }),
  twiceOther: { org_id: 'org_A', orgId: 'org_B' },
  nobodys: { id: 1 },
  nulls: { org_id: null },
  empty: { org_id: '' },
  number: { org_id: 7 },
  list: { org_id: ['org_A'] },
  rows: [{ org_id: 'org_A' }],
  text: 'org_A',
  zero: 0,
  false: false,
  null: null,
};

const reached: unknown[] = [];

@Controller('objects')
class ObjectsController {
  @Get(':id')
  @OrgOwned({ type: 'object', load: (id) => objects[id] })
  one(@Owned() object: unknown) {
    reached.push(object);
    return {};
  }
}

@Controller('owners')
class OwnersController {
  @Get(':id')
  @OrgOwned({ type: 'object', load: (id) => objects[id] ?? id, orgOf: (value) => value as string })
  one(@Owned() object: unknown) {
    reached.push(object);
    return {};
  }
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  let nest: Awaited<ReturnType<typeof openControllers>>;
  beforeAll(async () => {
    nest = await openControllers(platform, world, [ObjectsController, OwnersController]);
  });
  const ask = (path: string) => {
    reached.length = 0;
    return nest.http.get(path).set(callerOf(world, 'org_A'));
  };

  test.each(['spelt', 'twiceSame', 'frozen'])('%s: is handed over', async (id) => {
    await ask(`/objects/${id}`).expect(200);
    expect(reached).toEqual([objects[id]]);
  });

  test.each(['twiceOther', 'nobodys', 'nulls', 'empty', 'number', 'list', 'rows', 'text', 'zero', 'false'])(
    '%s: nobody can tell whose it is, and it is not taken for the caller’s',
    async (id) => {
      expect(answerOf(await ask(`/objects/${id}`))).toEqual(serverError);
      expect((nest.errors.at(-1) as Error).message).toBe(
        'object was loaded without one organization: give orgOf, or load its org_id',
      );
      expect(reached).toEqual([]);
    },
  );

  test('null is no object', async () => {
    expect(answerOf(await ask('/objects/null'))).toEqual(notFound);
  });

  test.each([
    ['/owners/org_A', 200],
    ['/owners/org_B', 404],
    ['/owners/ORG_A', 404],
    ['/owners/number', 500],
    ['/owners/zero', 500],
    ['/owners/empty', 500],
  ])('%s, where the application says whose it is: %i', async (path, status) => {
    expect((await ask(path)).status).toBe(status);
    expect(reached).toHaveLength(status === 200 ? 1 : 0);
  });
});
