/**
 * Distributes tests over groups: every test is in exactly one. A group holds files of one project only, neighbours in the order of
 * their paths, so that files of one folder, which import much the same, stay together.
 */
import { runsAlone } from './files-that-run-alone.mjs';

/** Where more files share a module graph, it grows more than loading it once more would cost. */
const largestGroup = 24;

export function makeGroups(tests, rootDir, largest = largestGroup) {
  const projects = new Map();
  for (const test of tests) {
    const { id } = test.context.config;
    if (!projects.has(id)) projects.set(id, []);
    projects.get(id).push(test);
  }
  return [...projects.values()].flatMap((project) => {
    const alone = project.filter((test) => runsAlone(test.path, rootDir));
    const together = project.filter((test) => !alone.includes(test));
    return [...alone.map((test) => [test]), ...splitEvenly(together.sort(byPath), largest)];
  });
}

function splitEvenly(tests, largest) {
  const count = Math.ceil(tests.length / largest);
  const start = (index) => Math.round((index * tests.length) / count);
  return Array.from({ length: count }, (_, index) => tests.slice(start(index), start(index + 1)));
}

function byPath(one, other) {
  return one.path < other.path ? -1 : 1;
}
