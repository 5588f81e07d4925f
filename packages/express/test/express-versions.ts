import express5 from 'express';
// @ts-expect-error: the alias brings no types; whatever is used here of Express 4 is the same as in Express 5.
import express4 from 'express4';

export type CreateExpress = typeof express5;

/** The two versions that are supported, for tables of tests. */
export const expressVersions: readonly (readonly [name: string, express: CreateExpress])[] = [
  ['Express 4', express4],
  ['Express 5', express5],
];
