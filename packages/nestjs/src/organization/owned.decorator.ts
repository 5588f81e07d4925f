import { ConfigurationError, requireOrg } from '@connect-auth/core';
import type { Owned as OwnedValue } from '@connect-auth/isolation';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { addNeed } from '../access/access-declaration.js';
import { recordOfCall } from '../request/record-of.js';
import { loadedOf } from './org-owned.decorator.js';

const call = '@Owned()';

/**
 * The object that `@OrgOwned` has loaded and found to belong to the caller's organization. With several, name the type:
 * `@Owned('project')`.
 *
 * @throws ConfigurationError at start, if the route has no `@OrgOwned`
 */
export const Owned: (type?: string) => ParameterDecorator = createParamDecorator(
  (type: string | undefined, context: ExecutionContext) => {
    const value = loadedOf(recordOfCall(context), type);
    if (value === undefined) throw new ConfigurationError(call, `has no ${type ?? 'single object'} to hand over`);
    return value;
  },
  [(prototype, name) => addNeed({ call, rule: requireOrg, concern: 'org-owned' }, prototype, String(name))],
);

/** An object that was found to belong to the caller's own organization: `@Owned() project: Owned<Project>`. */
export type Owned<Value> = OwnedValue<Value>;
