/**
 * Runs a command, and ends it when it says nothing for too long: `node test/ci/watchdog.mjs seconds running.txt command …`. What
 * `running.txt` holds by then is printed, for it says what hangs. Exits as the command does, or with 124.
 *
 * Only the command's own process group is ended: the command, and what it started.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const [seconds, runningFile, command, ...args] = process.argv.slice(2);
const limitMs = Number(seconds) * 1_000;
const graceMs = 5_000;
let timer;
let silent = false;

const child = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
for (const [stream, target] of [
  [child.stdout, process.stdout],
  [child.stderr, process.stderr],
]) {
  stream.on('data', wait);
  stream.pipe(target);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal));
child.on('error', ({ message }) => {
  console.log(message);
  process.exit(127);
});
// Not `close`: a process that the command left behind would keep its output open.
child.on('exit', (code) => {
  end('SIGKILL');
  process.exit(silent ? 124 : (code ?? 1));
});
wait();

function wait() {
  clearTimeout(timer);
  if (!silent) timer = setTimeout(giveUp, limitMs);
}

function giveUp() {
  silent = true;
  const running = existsSync(runningFile) ? readFileSync(runningFile, 'utf8').trimEnd() : '';
  console.log(`\n${[command, ...args].join(' ')}\nsaid nothing for ${seconds} s and is ended.`);
  console.log(running === '' ? 'What it was doing is not known.' : `It was running:\n${running}`);
  end('SIGTERM');
  setTimeout(end, graceMs, 'SIGKILL');
}

function end(signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended.
  }
}
