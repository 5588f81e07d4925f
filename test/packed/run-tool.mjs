import { spawn } from 'node:child_process';

/**
 * Runs a program without a shell and without stdin, and gives its output. Failing, it throws an error that holds the
 * command and everything the program printed.
 */
export function runTool(command, args, cwd) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (cause) => fail(new Error(`${command} cannot be started`, { cause })));
    child.on('close', (code, signal) => {
      if (code === 0) done(output);
      else fail(new Error(`${[command, ...args].join(' ')}: exit ${code ?? signal}\n${output}`));
    });
  });
}
