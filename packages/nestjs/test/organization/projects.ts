import { Injectable } from '@nestjs/common';

export interface Project {
  readonly id: string;
  readonly org_id: string;
  readonly name: string;
}

/** What there is: one project of each of two organizations. */
export const projects: Readonly<Record<string, Project>> = {
  p_A: { id: 'p_A', org_id: 'org_A', name: 'Apollo' },
  p_B: { id: 'p_B', org_id: 'org_B', name: 'Borealis' },
};

/** Under which ids projects were looked for. */
export const asked: string[] = [];

/** A row of its own for each who asks, as a database would give. */
export function findProject(id: string): Project | undefined {
  asked.push(id);
  const project = projects[id];
  return project && { ...project };
}

@Injectable()
export class ProjectsLoader {
  load(id: string) {
    return Promise.resolve(findProject(id));
  }
}
