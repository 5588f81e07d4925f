import type { Activity } from '../activity/activity.model.js';
import { summarizeTrail } from './summarize-trail.js';

interface Answer {
  readonly paths?: object;
  readonly detail?: string;
  readonly message?: string;
  readonly status?: string | number;
  readonly takenBy?: string | null;
  readonly verifiedBy?: string;
  readonly name?: string;
}

interface GraphqlAnswer {
  readonly data: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** The names in a list, the scopes in a document, or else the most telling member. */
export function summarize(body: string): string {
  const answer: Answer | GraphqlAnswer | { name: string }[] | Activity[] = JSON.parse(body);
  if (Array.isArray(answer))
    return isTrail(answer) ? summarizeTrail(answer) : answer.map(({ name }) => name).join(', ');
  if ('data' in answer) return summarizeGraphql(answer);
  const { paths, detail, message, status, takenBy, verifiedBy, name } = answer;
  if (paths !== undefined) return [...new Set(body.match(/\w+:(read|write)/g))].join(', ');
  if (verifiedBy !== undefined) return `verified by ${verifiedBy}`;
  return typeof takenBy === 'string' ? `taken by ${takenBy}` : String(name ?? detail ?? message ?? status ?? '');
}

const isTrail = (list: { name: string }[] | Activity[]): list is Activity[] => list[0] !== undefined && 'by' in list[0];

function summarizeGraphql({ data, errors }: GraphqlAnswer): string {
  return errors === undefined ? JSON.stringify(data) : errors.map(({ extensions }) => extensions.code).join(', ');
}
