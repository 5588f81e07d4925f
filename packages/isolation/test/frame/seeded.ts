/** The runs of a property: the same ones each time, unless `FC_SEED` says otherwise. */
export const seed = Number(process.env.FC_SEED ?? 20_260_101);

export const seeded = { seed, numRuns: 500 };
