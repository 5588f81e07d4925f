import { jest } from '@jest/globals';

/** While the work lasts, a timer of this length is over at once. All others take their time. */
export async function hurry<Result>(lengthMs: number, work: () => Promise<Result>): Promise<Result> {
  const { setTimeout } = globalThis;
  const hurried = (task: () => void, ms?: number) => setTimeout(task, ms === lengthMs ? 0 : ms);
  const spy = jest.spyOn(globalThis, 'setTimeout').mockImplementation(hurried as never);
  try {
    return await work();
  } finally {
    spy.mockRestore();
  }
}
