import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

const endWithDemo = new URL('end-with-demo.js', import.meta.url).href;

/** A script in a process of its own, which answers messages one at a time. */
export class Child {
  private constructor(
    private readonly process: ChildProcess,
    /** Its first message. */
    readonly greeting: unknown,
  ) {}

  /** Starts it, and waits for its first message. */
  static async start(script: URL, env: Record<string, string>): Promise<Child> {
    const child = fork(script, {
      env: { ...process.env, ...env },
      execArgv: [...process.execArgv, '--import', endWithDemo],
      // In a process group of its own, so that Ctrl-C reaches only the demo, which ends its children in order. On Windows
      // this would open a window.
      detached: process.platform !== 'win32',
      stdio: 'inherit',
    });
    const early = once(child, 'exit').then(([code]) => {
      throw new Error(`${script.pathname} ended with code ${code} before it was ready`);
    });
    const [greeting] = await Promise.race([once(child, 'message'), early]);
    return new Child(child, greeting);
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  async ask(question: object): Promise<unknown> {
    this.process.send(question);
    const [answer] = await once(this.process, 'message');
    return answer;
  }

  /** Ends it, and waits for its exit. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.kill();
    await gone;
  }
}
