/** The report of `verifyWalls` of `@connect-auth/postgres`, as far as it matters here. */
export interface WallReport {
  readonly findings: readonly WallFinding[];
}

export interface WallFinding {
  /** `RLS_OFF` and so on. */
  readonly code: string;
  /** The table, role or function that has the hole. */
  readonly object: string;
  readonly detail: string;
}

/** Thrown for a database with holes in its wall between organizations. Its message lists them. */
export class WallError extends Error {
  override readonly name = 'WallError';

  constructor(readonly findings: readonly WallFinding[]) {
    const lines = findings.map(({ code, object, detail }) => `  ${code} ${object}: ${detail}`);
    super([`The wall between organizations has ${count(findings.length)}:`, ...lines].join('\n'));
  }
}

/**
 * Throws unless the wall of a database has no hole: `await expectWalls(verifyWalls(db))`.
 *
 * @throws WallError for any finding
 * @throws TypeError for anything but a report: another object without findings proves nothing
 */
export async function expectWalls(report: WallReport | PromiseLike<WallReport>): Promise<void> {
  const { findings } = (await report) ?? {};
  if (!Array.isArray(findings))
    throw new TypeError('expectWalls wants the report of verifyWalls, which has `findings`');
  if (findings.length > 0) throw new WallError(findings as readonly WallFinding[]);
}

const count = (holes: number): string => (holes === 1 ? '1 hole' : `${holes} holes`);
