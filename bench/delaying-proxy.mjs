// Hands bytes on to a port of this machine and back, each way some milliseconds later: a network between the two.
import { connect, createServer } from 'node:net';
import { Worker } from 'node:worker_threads';

const { TARGET_HOST: host, TARGET_PORT: port, DELAY_MILLISECONDS: delay } = process.env;

/** What is under way, in the order of its arrival. */
const underWay = [];
// Timers know whole milliseconds only: what is sent in several pieces would be torn apart.
const alarm = new Worker(new URL('alarm-worker.mjs', import.meta.url));
alarm.on('message', () => {
  while (underWay.length > 0 && underWay[0].due <= performance.now()) underWay.shift().arrive();
  setAlarm();
});

const server = createServer({ noDelay: true }, (near) => {
  const far = connect({ host, port: Number(port), noDelay: true });
  handOn(near, far);
  handOn(far, near);
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.once('disconnect', () => process.exit(0));

function handOn(from, to) {
  from.on('data', (bytes) => later(() => to.write(bytes)));
  from.on('close', () => later(() => to.destroy()));
  from.on('error', () => to.destroy());
}

function later(arrive) {
  underWay.push({ due: performance.now() + Number(delay), arrive });
  if (underWay.length === 1) setAlarm();
}

function setAlarm() {
  if (underWay.length > 0) alarm.postMessage(underWay[0].due - performance.now());
}
