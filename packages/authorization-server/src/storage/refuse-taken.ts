import { taken } from '../errors/refusal.js';
import { brokenConstraint } from './storage-failure.js';

/**
 * Writes a row. Whether a value is taken the database knows, also of what is written in the same moment.
 *
 * @param fields those that have to be unique, beside `id`; each ends the name of its constraint
 * @throws Refusal `taken` that names the field
 */
export async function refuseTaken<Result>(
  thing: string,
  fields: readonly string[],
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const constraint = brokenConstraint(error);
    if (constraint === undefined) throw error;
    const field = fields.find((one) => constraint.endsWith(one)) ?? 'id';
    throw taken({ field, code: `${field}_taken`, message: `This ${field} is taken by another ${thing}.` });
  }
}
