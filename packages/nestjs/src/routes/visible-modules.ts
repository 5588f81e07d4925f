import { ConfigurationError } from '@connect-auth/core';
import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { isAccessGuard } from '../access/access-guard.js';
import { HandlerGuard } from '../guard/handler.guard.js';

type Module = ModulesContainer extends Map<string, infer Each> ? Each : never;

/**
 * Refuses modules that have guards and see two modules of ours: the order of imports would decide which issuer they
 * trust.
 *
 * @param ours the class of the modules to look for
 * @throws ConfigurationError naming the module
 */
export function refuseTwoIssuers(modules: ModulesContainer, ours: Type): void {
  for (const module of modules.values()) {
    const within = [...module.injectables.values(), ...module.providers.values()];
    if (!within.some(({ metatype }) => isOurGuard(metatype))) continue;
    const seen = new Set([...module.imports].flatMap((imported) => visibleThrough(imported, ours)));
    if (seen.size > 1) {
      throw new ConfigurationError(
        `imports of ${module.name}`,
        `lead to ${seen.size} modules ${ours.name}: one at a time`,
      );
    }
  }
}

const isOurGuard = (metatype: unknown): boolean => isAccessGuard(metatype) || metatype === HandlerGuard;

/** Returns those of our modules that an importer of this module sees: the module itself, or those that it exports. */
function visibleThrough(module: Module, ours: Type, passed: ReadonlySet<Module> = new Set()): readonly Module[] {
  if (module.metatype === ours) return [module];
  if (passed.has(module)) return [];
  const seen = new Set([...passed, module]);
  return [...module.imports]
    .filter((imported) => module.exports.has(imported.metatype))
    .flatMap((imported) => visibleThrough(imported, ours, seen));
}
