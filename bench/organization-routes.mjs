// The route to one project of an organization, with more and more before it. Each answers the same bytes.
import { connectAuth, orgOwned, orgParam, requireOrg } from '@connect-auth/express';
import { currentOrg } from '@connect-auth/isolation';
import { loader, projectFor } from './projects.mjs';

/** Each takes `{ issuer, audience, orgId }` and returns the handlers of the route. */
export const routes = {
  bare: ({ orgId }) => [(_req, res) => res.json(projectFor(orgId))],

  'connectAuth, requireOrg': ({ orgId, ...options }) => [
    connectAuth(options),
    requireOrg(),
    (_req, res) => res.json(projectFor(orgId)),
  ],

  'connectAuth, requireOrg, currentOrg': ({ orgId: _, ...options }) => [
    connectAuth(options),
    requireOrg(),
    (_req, res) => res.json(projectFor(currentOrg())),
  ],

  'connectAuth, orgParam': ({ orgId, ...options }) => [
    connectAuth(options),
    orgParam('orgId'),
    (_req, res) => res.json(projectFor(orgId)),
  ],

  'connectAuth, orgOwned': ({ orgId, ...options }) => {
    const project = orgOwned('project', loader(orgId));
    return [connectAuth(options), project, (req, res) => res.json(project.of(req))];
  },

  'connectAuth, orgParam, orgOwned, currentOrg': ({ orgId, ...options }) => {
    const project = orgOwned('project', loader(orgId));
    const answer = (req, res) => res.json({ ...project.of(req), org_id: currentOrg() });
    return [connectAuth(options), orgParam('orgId'), project, answer];
  },
};
