import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { drawerNames, folderLayers, packageLayers, worldFolder, worldGlobals, worldModules } from './layers.mjs';

/** The file a relative specifier means: what is written `./x.js` is `./x.ts` here. */
export function resolveRelative(file, specifier) {
  const asSource = specifier.replace(/\.([mc]?)js(x?)$/, '.$1ts$2');
  const target = resolve(dirname(file), asSource);
  return existsSync(target) && /\.[mc]?tsx?$/.test(target) ? target : undefined;
}

/** The rules that one file can break by itself, each reported as `{ rule, text }`. Cycles are found elsewhere. */
export function judgeModule(root, place, module) {
  const faults = [];
  const report = (rule, text) => faults.push({ rule, file: place.file, text });

  judgeName(root, place, module, report);
  for (const specifier of module.specifiers) judgeSpecifier(root, place, specifier, report);
  if (isCoreSource(place)) judgeWorld(place, module, report);
  return faults;
}

const isCoreSource = (place) => place.kind === 'packages' && place.project === 'core' && place.below !== undefined;

function judgeName(root, place, module, report) {
  const name = basename(place.file).replace(/\..*$/, '');
  if (drawerNames.includes(name)) report('drawer-name', `"${name}" says nothing about what is inside`);
  if (!place.below) return;
  if (place.kind === 'packages' && !(place.project in packageLayers)) {
    report('unknown-package', `add "${place.project}" to packageLayers in ${tables(root)}`);
  }
  if (rowOf(place, place.below) === -1) {
    report('unknown-folder', `add "${place.below[0]}" to the folders of ${place.project} in ${tables(root)}`);
  }
  const isRootIndex = place.below.length === 1 && name === 'index';
  const isBarrel = name === 'index' || (module.passesOnOnly && !isExported(root, place));
  if (!isRootIndex && isBarrel) {
    report('barrel', 'only index.ts at the root of src/, and what "exports" names, may pass on what others export');
  }
}

/** Whether the package has this file for an entry of its own, beside its index.ts. */
function isExported(root, { kind, project, below }) {
  const manifest = join(root, kind, project, 'package.json');
  if (!existsSync(manifest)) return false;
  const entries = Object.values(JSON.parse(readFileSync(manifest, 'utf8')).exports ?? {});
  return entries.some((entry) => entry['@connect-auth/source'] === `./src/${below.join('/')}`);
}

function judgeSpecifier(root, place, specifier, report) {
  if (specifier.startsWith('.')) {
    const target = resolveRelative(place.file, specifier);
    if (target === undefined) return report('unresolved-import', `"${specifier}" leads to no file`);
    // A test may import from its own src/, and what other tests share; source stays within its own src/.
    const own = join(root, place.kind, place.project, place.below ? 'src' : '.');
    const isShared = !place.below && /^packages\/[^/]+\/test\//.test(relative(root, target).replaceAll(sep, '/'));
    if (relative(own, target).startsWith('..') && !isShared) {
      return report('deep-import', `"${specifier}" leaves ${relative(root, own)}`);
    }
    if (place.below) judgeFolder(own, place, target, report);
    return;
  }
  const ours = /^@connect-auth\/([^/]+)(\/.+)?$/.exec(specifier);
  if (ours?.[2]?.match(/^\/(src|dist|test)\//)) report('deep-import', `"${specifier}" reaches into a package`);
  if (place.below && ours?.[1] === 'test-kit') return report('test-kit-in-source', `"${specifier}" is for tests`);
  if (!place.below || place.kind !== 'packages') return;

  if (place.project === 'core') {
    const builtin = specifier.startsWith('node:');
    if (!builtin) {
      const hint = builtinModules.includes(specifier) ? ` (write "node:${specifier}")` : '';
      report('core-imports-nothing', `"${specifier}" is neither a file of core nor a node: module${hint}`);
    } else if (worldModules.includes(specifier.slice(5).split('/')[0]) && place.below[0] !== worldFolder) {
      report('world-outside-runtime', `"${specifier}" belongs in ${worldFolder}/`);
    }
  } else if (ours && ours[1] !== place.project && !(packageLayers[place.project] ?? []).includes(ours[1])) {
    report('package-direction', `${place.project} may not import ${ours[1]}`);
  }
}

function judgeFolder(own, place, target, report) {
  const targetBelow = relative(own, target).split(sep);
  const from = rowOf(place, place.below);
  if (from !== undefined && from !== -1 && rowOf(place, targetBelow) > from) {
    report('folder-direction', `${place.below[0]} may not import ${targetBelow.join('/')}`);
  }
}

/**
 * The row that a path below the src/ of a place's package has in the table of that package; files directly in src/ come
 * after the last. -1 for a folder without a row, undefined for a package without a table.
 */
function rowOf({ kind, project }, below) {
  const rows = kind === 'packages' && Object.hasOwn(folderLayers, project) ? folderLayers[project] : undefined;
  return below.length === 1 ? rows?.length : rows?.findIndex((row) => row.includes(below[0]));
}

function judgeWorld(place, module, report) {
  if (place.below[0] === worldFolder) return;
  for (const name of module.globals) {
    if (worldGlobals.includes(name)) report('world-outside-runtime', `${name} belongs in ${worldFolder}/`);
  }
}

const tables = (root) => relative(root, join(import.meta.dirname, 'layers.mjs')) || 'layers.mjs';
