/** One project of an organization: what the routes answer. */
export const projectFor = (orgId) => ({ id: 'project_1', org_id: orgId, name: 'Rocket skates' });

/** What loads projects by their id, of which there is one. */
export const loader = (orgId) => {
  const projects = new Map([['project_1', projectFor(orgId)]]);
  return async (id) => projects.get(id);
};

/** A list of projects of one organization, as a database hands it over. */
export const projectRows = (orgId, count) =>
  Array.from({ length: count }, (_, at) => ({
    id: `project_${at}`,
    org_id: orgId,
    name: `Project ${at}`,
    status: 'active',
    budget_cents: at * 100,
    tags: ['rockets', 'skates'],
    owner: { id: `user_${at % 20}`, name: 'Wile E. Coyote' },
    created_at: new Date(1_700_000_000_000 + at),
  }));
