import { describe, expect, test } from '@jest/globals';
import { type Job, readWorkflow } from './read-workflow.js';

const ci = readWorkflow('ci');
const release = readWorkflow('release');
const jobsOf = (jobs: Readonly<Record<string, Job>>) => Object.entries(jobs).filter(([, { steps }]) => steps);
const commandsOf = (job: Job | undefined) => (job?.steps ?? []).flatMap(({ run }) => run ?? []);

describe.each([
  ['ci', ci],
  ['release', release],
])('the workflow %s', (_name, workflow) => {
  test('may do nothing but read, unless a job says otherwise', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  test.each(jobsOf(workflow.jobs))('ends a job that hangs: %s', (_job, job) => {
    expect(job['timeout-minutes']).toEqual(expect.any(Number));
  });

  test.each(jobsOf(workflow.jobs))('names a version of each action: %s', (_job, job) => {
    const actions = (job.steps ?? []).flatMap(({ uses }) => uses ?? []);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@(v\d+|[0-9a-f]{40})$/.test(action))).toEqual([]);
  });

  test.each(jobsOf(workflow.jobs))('installs what the lockfile says: %s', (_job, job) => {
    const installs = commandsOf(job).filter((command) => command.includes('pnpm@12 install'));
    expect(installs.filter((command) => !command.includes('--frozen-lockfile'))).toEqual([]);
  });
});

describe('CI', () => {
  const job = ci.jobs.check;

  test('has the services that the tests look for, and PgBouncer', () => {
    expect(job?.services).toMatchObject({
      postgres: { image: expect.stringMatching(/^postgres:/) },
      redis: { image: expect.stringMatching(/^redis:/) },
    });
    expect(commandsOf(job).join('\n')).toMatch(/apt-get install .*pgbouncer/);
  });

  test('runs on PostgreSQL 15 and 18', () => {
    const { matrix } = job?.strategy ?? {};
    const added = matrix?.include.map(({ postgres }) => postgres);
    expect([...(matrix?.postgres ?? []), ...(added ?? [])]).toEqual(['15', '18']);
  });

  test('installs, and then runs everything', () => {
    expect(commandsOf(job).slice(-2)).toEqual(['npx --yes pnpm@12 install --frozen-lockfile', 'bash .ci/run']);
  });
});

describe('a release', () => {
  const { publish } = release.jobs;

  test('comes of a push to main, and of nothing else', () => {
    expect(release.on).toEqual({ push: { branches: ['main'] } });
  });

  test('waits for CI', () => {
    expect(release.jobs.ci).toEqual({ uses: './.github/workflows/ci.yml' });
    expect(ci.on).toHaveProperty('workflow_call');
    const entitled = Object.values(release.jobs).filter(({ permissions }) => permissions !== undefined);
    expect(entitled.filter(({ needs }) => !needs?.includes('ci') && needs !== 'publish')).toEqual([]);
  });

  test('does not wait for itself', () => {
    expect(ci.concurrency.group).not.toContain('github.workflow');
    expect(ci.concurrency.group).not.toBe(release.concurrency.group);
  });

  test('is published with provenance, when no changeset is left', () => {
    expect(publish?.if).toBe("needs.changesets.outputs.pending == 'false'");
    expect(commandsOf(publish).at(-1)).toMatch(/pnpm@12 publish --recursive --provenance/);
  });

  test('is signed by the job that publishes, which may write nothing; no other job may sign', () => {
    expect(publish?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    const signing = Object.entries(release.jobs).filter(([, { permissions }]) => permissions?.['id-token']);
    expect(signing.map(([name]) => name)).toEqual(['publish']);
  });
});
