/**
 * Prints "N passed, N failed" from Jest's JSON and exits 1 unless everything held:
 * `node test/ci/summary.mjs jest.json number-of-failed-stages`.
 *
 * A test file that did not load counts as one failure, for Jest counts none of its tests. So does a failed stage when no
 * test failed: a last line that says "0 failed" must mean that the run is good. No test run at all is a failure too.
 */
import { existsSync, readFileSync } from 'node:fs';

const [file, failedStages] = process.argv.slice(2);
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
const passed = report?.numPassedTests ?? 0;
const failedTests = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
const otherTrouble = passed === 0 || report?.success !== true ? 1 : 0;
const failed = failedTests || Number(failedStages) || otherTrouble;

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
