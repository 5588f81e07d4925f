import { EventEmitter } from 'node:events';

interface Connection {
  parse(query: object): void;
  bind(options: object): void;
  execute(options: object): void;
  flush(): void;
  sync(): void;
}

/** A query that fetches one row at a time over a portal that stays open, as cursors and streams do. */
export class RowByRowQuery extends EventEmitter {
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
    const { text } = this;
    const target = connection as Connection;
    target.parse({ text });
    target.bind({ portal: 'row_by_row' });
    target.execute({ portal: 'row_by_row', rows: 1 });
    target.flush();
  }

  handleDataRow({ fields }: { fields: (Buffer | string)[] }): void {
    this.rows.push(String(fields[0]));
  }

  handlePortalSuspended(connection: Connection): void {
    connection.execute({ portal: 'row_by_row', rows: 1 });
    connection.flush();
  }

  handleCommandComplete(_: unknown, connection: Connection): void {
    connection.sync();
  }

  handleReadyForQuery(): void {
    this.emit('end');
  }

  handleError(error: Error, connection: Connection): void {
    this.emit('error', error);
    connection.sync();
  }
}
