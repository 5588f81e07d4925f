import { EventEmitter } from 'node:events';

interface Wire {
  parse(query: object): void;
  bind(options: object): void;
  execute(options: object): void;
  flush(): void;
  sync(): void;
}

/** A query that fetches one row at a time over a portal that stays open, as cursors and streams do. */
export class OneByOne extends EventEmitter {
  readonly rows: string[] = [];
  readonly done = new Promise<string[]>((resolve, reject) => {
    this.once('end', () => resolve(this.rows));
    this.once('error', reject);
  });

  constructor(readonly text: string) {
    super();
    this.done.catch(() => undefined);
  }

  submit(connection: unknown): void {
    const wire = connection as Wire;
    wire.parse({ text: this.text });
    wire.bind({ portal: 'one_by_one' });
    wire.execute({ portal: 'one_by_one', rows: 1 });
    wire.flush();
  }

  handleDataRow({ fields }: { fields: (Buffer | string)[] }): void {
    this.rows.push(String(fields[0]));
  }

  handlePortalSuspended(connection: Wire): void {
    connection.execute({ portal: 'one_by_one', rows: 1 });
    connection.flush();
  }

  handleCommandComplete(_: unknown, connection: Wire): void {
    connection.sync();
  }

  handleReadyForQuery(): void {
    this.emit('end');
  }

  handleError(error: Error, connection: Wire): void {
    this.emit('error', error);
    connection.sync();
  }
}
