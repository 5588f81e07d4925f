import { type Line, says } from 'story';
import { acmeProjects } from './told-of-projects.js';

const request = 'POST /graphql';

export async function* tellOfGraphql({ acme, reader }: Record<'acme' | 'reader', string>): AsyncGenerator<Line> {
  const query = { query: '{ projects { name } }' };
  yield { title: 'GraphQL: Acme’s projects', request, token: acme, json: query, status: 200, told: acmeProjects };
  const json = { query: 'mutation { createProject(name: "Earthquake pills") { id } }' };
  const told = says('"code":"FORBIDDEN"', 'project_');
  yield { title: 'GraphQL: missing scope', request, token: reader, json, status: 200, told };
}
