// Says when a time is over, to a fraction of a millisecond.
import { parentPort } from 'node:worker_threads';

const cell = new Int32Array(new SharedArrayBuffer(4));

parentPort.on('message', (milliseconds) => {
  Atomics.wait(cell, 0, 0, Math.max(milliseconds, 0));
  parentPort.postMessage('over');
});
