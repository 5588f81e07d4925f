/**
 * The runs of a property: the same ones each time, unless `FC_SEED` says otherwise. fast-check prints the seed and the
 * path to the smallest counterexample when a property fails; the names of the tests carry it, too.
 */
export const seed = Number(process.env.FC_SEED ?? 20_260_101);

export const seeded = { seed, numRuns: 1_000 };
