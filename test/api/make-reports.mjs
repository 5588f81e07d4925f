import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor';

/** What an application compiles with: without the workspace's own condition, which would lead to the sources. */
const compilerOptions = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  experimentalDecorators: true,
  skipLibCheck: true,
};

const messages = {
  compilerMessageReporting: { default: { logLevel: 'error' } },
  extractorMessageReporting: {
    // How the comments are written is not what is checked here.
    default: { logLevel: 'none' },
    'ae-wrong-input-file-type': { logLevel: 'error' },
    // A type that a signature names and its entry does not export: the report says so, and shows the type.
    'ae-forgotten-export': { logLevel: 'none', addToApiReportFile: true },
  },
  tsdocMessageReporting: { default: { logLevel: 'none' } },
};

/**
 * Makes the report of each entry from the declarations that were built below `root`, and throws if one cannot be made in
 * full. All packages are read into one program: reading is what takes the time.
 */
export function makeReports(root, entries) {
  const into = mkdtempSync(join(tmpdir(), 'api-reports-'));
  try {
    const additionalEntryPoints = entries.map(({ declarations }) => declarations);
    let compilerState;
    return entries.map((entry) => {
      const config = configFor(entry, root, into);
      compilerState ??= CompilerState.create(config, { additionalEntryPoints });
      const faults = extract(config, compilerState);
      if (faults.length > 0) throw new Error(`${entry.name}:\n  ${faults.join('\n  ')}`);
      return { ...entry, text: tidy(entry.name, readFileSync(config.reportFilePath, 'utf8')) };
    });
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}

function extract(config, compilerState) {
  const faults = [];
  Extractor.invoke(config, {
    compilerState,
    localBuild: true,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === 'error') faults.push(message.formatMessageWithLocation(config.projectFolder));
    },
  });
  return faults;
}

/** Names the entry, where the extractor names its package, and leaves out positions, which change with any comment. */
const tidy = (name, text) =>
  text
    .replace(/^(## API Report File for) ".*"$/m, `$1 "${name}"`)
    .replaceAll(/^(\/\/ dist\/.+\.d\.ts):\d+:\d+ - /gm, '$1 - ');

function configFor({ folder, declarations, report }, root, into) {
  const typeRoots = [join(root, 'node_modules/@types')];
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: declarations,
      compiler: { overrideTsconfig: { compilerOptions: { ...compilerOptions, typeRoots }, files: [declarations] } },
      newlineKind: 'lf',
      apiReport: {
        enabled: true,
        reportFileName: basename(report),
        reportFolder: into,
        reportTempFolder: into,
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages,
    },
  });
}
