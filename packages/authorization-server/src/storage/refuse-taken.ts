import { taken } from '../errors/refusal.js';
import { brokenConstraint } from './storage-failure.js';

/**
 * Writes a row, and lets the database decide whether a value is taken, even by a row written at the same moment.
 *
 * @param fields the unique fields besides `id`; each is the end of its constraint's name
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
