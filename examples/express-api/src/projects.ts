export interface Project {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
}

export const acme = 'org_01TESTACME0000000000000000';
export const globex = 'org_01TESTGLOBEX00000000000000';

/** The projects of all organizations. Every question to it names the organization that asks. */
export class Projects {
  readonly #projects = new Map<string, Project>();
  #lastNumber = 0;

  constructor() {
    this.add(acme, 'Rocket skates');
    this.add(acme, 'Giant magnet');
    this.add(globex, 'Hammock district');
  }

  list(orgId: string): Project[] {
    return [...this.#projects.values()].filter((project) => project.orgId === orgId);
  }

  /** Another organization's project is as good as none. */
  find(orgId: string, id: string): Project | undefined {
    const project = this.#projects.get(id);
    return project?.orgId === orgId ? project : undefined;
  }

  add(orgId: string, name: string): Project {
    this.#lastNumber += 1;
    const project = { id: `project_${this.#lastNumber}`, orgId, name };
    this.#projects.set(project.id, project);
    return project;
  }

  remove(orgId: string, id: string): boolean {
    return this.find(orgId, id) !== undefined && this.#projects.delete(id);
  }
}
