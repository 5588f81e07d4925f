import type { Told } from './told.js';

/** A body that a later line needs. */
export interface KeptBody {
  body: string;
  readonly told: Told;
}

export function keepBody(): KeptBody {
  const kept: KeptBody = {
    body: '',
    told: (body) => {
      kept.body = body;
      return body !== '';
    },
  };
  return kept;
}

/** It contains a project or a list of projects, none of them of another organization. */
export const ownRowsOf = (orgId: string, kept = keepBody()): Told => {
  return (body, headers) => {
    const rows = [JSON.parse(body)].flat() as { orgId: string }[];
    return kept.told(body, headers) && rows.length > 0 && rows.every((row) => row.orgId === orgId);
  };
};
