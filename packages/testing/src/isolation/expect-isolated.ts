import type { IsolationFixtures } from './fixtures/isolation-fixtures.js';
import { probeIsolation } from './probe-isolation.js';
import { describeReport, type IsolationReport, isIsolated } from './report/isolation-report.js';

/** Thrown for an application that leaks between organizations, or is not proven not to. Its message is the report. */
export class IsolationError extends Error {
  override readonly name = 'IsolationError';

  constructor(readonly report: IsolationReport) {
    super(`The application does not keep organizations apart, or not provably so: ${describeReport(report)}`);
  }
}

/**
 * Probes an application (see `probeIsolation`), and throws unless its isolation is fully proven.
 *
 * @throws IsolationError for any finding, and for any route that could not be probed and is not in `allow`
 * @throws ConfigurationError for a fixture that is missing, wrong, or matches nothing
 */
export async function expectIsolated<Objects>(
  app: unknown,
  fixtures: IsolationFixtures<Objects>,
): Promise<IsolationReport> {
  const report = await probeIsolation(app, fixtures);
  if (!isIsolated(report)) throw new IsolationError(report);
  return report;
}
