// The route to one project of an organization in Nest, with more and more before it. Each answers the same bytes.
import { ConnectAuthGuard, currentOrg, OrgOwned, OrgParam, Owned, RequireOrg } from '@connect-auth/nestjs';
import { UseGuards } from '@nestjs/common';
import { loader, projectFor } from './projects.mjs';

/** Each takes `{ orgId }` and returns the decorators of a method, its parameters' and the method. */
export const routes = {
  bare: ({ orgId }) => ({ decorators: [], answer: () => projectFor(orgId) }),

  ConnectAuthGuard: ({ orgId }) => ({ decorators: [UseGuards(ConnectAuthGuard)], answer: () => projectFor(orgId) }),

  '@RequireOrg': ({ orgId }) => ({ decorators: [RequireOrg()], answer: () => projectFor(orgId) }),

  '@RequireOrg, currentOrg': () => ({ decorators: [RequireOrg()], answer: () => projectFor(currentOrg()) }),

  '@OrgParam': ({ orgId }) => ({ decorators: [OrgParam('orgId')], answer: () => projectFor(orgId) }),

  '@OrgOwned, @Owned': ({ orgId }) => ({
    decorators: [OrgOwned({ type: 'project', load: loader(orgId) })],
    parameters: [Owned()],
    answer: (project) => project,
  }),
};
