export const acme = 'org_01TESTACME0000000000000000';
export const globex = 'org_01TESTGLOBEX00000000000000';

/** The sample projects of each organization. */
export const sampleProjects = {
  [acme]: [
    { id: 'project_1', name: 'Rocket skates' },
    { id: 'project_2', name: 'Giant magnet' },
  ],
  [globex]: [{ id: 'project_3', name: 'Hammock district' }],
};
