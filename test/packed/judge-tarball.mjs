import { existsSync } from 'node:fs';
import { join } from 'node:path';

const required = ['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts'];

/**
 * Neither sources nor maps: dist/ is plain, commented JavaScript that a debugger shows well, and with them a package would
 * weigh more than twice as much.
 */
const expected = /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/.+\.(js|d\.ts))$/;

/** What a single package has besides: its command, and the migrations that it applies. */
const expectedOf = {
  '@connect-auth/postgres': /^bin\/connect-auth-postgres\.mjs$/,
  '@connect-auth/authorization-server':
    /^(bin\/connect-auth-server\.mjs|migrations\/(\d{4}_\w+\.sql|meta\/_journal\.json))$/,
};

const scriptsRunOnInstall = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
];

/** What is wrong with a packed package, as sentences; empty when nothing is. */
export function judgeTarball({ name, folder, files, manifest }) {
  const faults = [];
  for (const path of required) if (!files.includes(path)) faults.push(`${path} is missing`);
  for (const path of files) {
    const isExpected = expected.test(path) || expectedOf[name]?.test(path) === true;
    if (!isExpected || /\.(test|spec)\./.test(path)) faults.push(`${path} does not belong in the tarball`);
    // tsc leaves behind what it once made of a file that is gone now.
    const [, stem] = /^dist\/(.+?)(\.d)?\.(js|ts)$/.exec(path) ?? [];
    if (stem && !existsSync(join(folder, 'src', `${stem}.ts`))) {
      faults.push(`${path} has no source any more; delete dist/ and build again`);
    }
  }
  for (const script of scriptsRunOnInstall) if (manifest.scripts?.[script]) faults.push(`has a "${script}" script`);
  if (JSON.stringify(manifest).match(/"(workspace|catalog|link|file):/))
    faults.push('a dependency cannot be resolved outside the workspace');
  if (JSON.stringify(manifest.exports).includes('/src/')) faults.push('exports lead to sources');
  if (name === '@connect-auth/core') {
    for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies']) {
      if (Object.keys(manifest[kind] ?? {}).length > 0) faults.push(`has ${kind}; core has none`);
    }
  }
  return faults;
}
