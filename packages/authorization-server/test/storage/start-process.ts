import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process that a test started. It ends with the test. */
export interface TestProcess {
  readonly pid: number;
  /** The next message that it sends. @throws with what it printed, where it ends before */
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what its process says.
  next(): Promise<any>;
  send(message: object): void;
  /** `kill -9`: resolves when it is gone. */
  kill(): Promise<void>;
}

const scripts = {
  lock: new URL('./processes/lock.ts', import.meta.url),
  'make-key': new URL('./processes/make-key.ts', import.meta.url),
  migrate: new URL('./processes/migrate.ts', import.meta.url),
  serve: new URL('./processes/serve.ts', import.meta.url),
  'serve-waiting': new URL('./processes/serve-waiting.ts', import.meta.url),
};

/** Starts a script from its source. */
export function startProcess(name: keyof typeof scripts, ...args: string[]): TestProcess {
  const child = fork(fileURLToPath(scripts[name]), args, {
    execArgv: ['--conditions=@connect-auth/source', `--import=${new URL('./processes/preload.mjs', import.meta.url)}`],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const messages: unknown[] = [];
  const waiting: { resolve(message: unknown): void; reject(error: Error): void }[] = [];
  let printed = '';
  let ending: Error | undefined;
  const gone = once(child, 'close');

  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  child.on('message', (message) => {
    const waiter = waiting.shift();
    if (waiter === undefined) messages.push(message);
    else waiter.resolve(message);
  });
  child.on('close', (code, signal) => {
    ending = new Error(`${name} ended (${signal ?? code}):\n${printed}`);
    for (const { reject } of waiting.splice(0)) reject(ending);
  });

  return {
    pid: child.pid as number,
    next: () => {
      if (messages.length > 0) return Promise.resolve(messages.shift());
      if (ending !== undefined) return Promise.reject(ending);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    send: (message) => void child.send(message),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
