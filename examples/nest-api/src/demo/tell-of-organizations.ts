import { type Line, says } from 'story';
import { acmeProjects, globexProjects, nothingThere } from './told-of-projects.js';

const list = 'GET /projects';
const forecast = 'GET /forecast';

/** Each organization sees nothing of the other, not even that it has something. */
export async function* tellOfOrganizations({ acme, globex }: Record<'acme' | 'globex', string>): AsyncGenerator<Line> {
  yield { title: 'a list without a WHERE: Acme’s', request: list, token: acme, status: 200, told: acmeProjects };
  yield { title: 'the same list: Globex’s', request: list, token: globex, status: 200, told: globexProjects };

  const foreign = 'GET /projects/project_1';
  const unknown = 'GET /projects/project_999';
  yield { title: 'Globex asks for Acme’s project', request: foreign, token: globex, status: 404, told: nothingThere };
  yield { title: 'and for one that nobody has', request: unknown, token: globex, status: 404, told: nothingThere };
  const move = 'PATCH /projects/project_3/tasks/task_3';
  const json = { projectId: 'project_1' };
  const refused = says('The request refers to something that does not exist');
  yield { title: 'and moves a task into it', request: move, token: globex, json, status: 422, told: refused };

  yield { title: 'a cache for all: Acme first', request: forecast, token: acme, status: 200, told: acmeProjects };
  const stopped = says('org_leak_blocked', 'Rocket');
  yield { title: 'then Globex: stopped on its way', request: forecast, token: globex, status: 500, told: stopped };

  const take = 'POST /projects/project_1/tasks/task_1/take';
  yield { title: 'for users: an application', request: take, token: acme, status: 403 };
}
