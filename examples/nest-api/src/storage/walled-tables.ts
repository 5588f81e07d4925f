import { Injectable } from '@nestjs/common';
import type { OpenDatabase } from 'walled-database';

/**
 * The tables behind their walls. Each statement is bound to the organization of the request; outside a request nothing is
 * sent. No code passes an organization on, and no `WHERE` names one.
 */
@Injectable()
export class WalledTables {
  constructor(readonly opened: OpenDatabase) {}

  async rows<Row extends object>(text: string, ...values: unknown[]): Promise<Row[]> {
    return (await this.opened.database.query<Row>(text, values)).rows;
  }

  async row<Row extends object>(text: string, ...values: unknown[]): Promise<Row | undefined> {
    return (await this.rows<Row>(text, ...values))[0];
  }
}
