import { type AuditTrail, createAuditTrail } from '@connect-auth/audit';
import { postgresSink } from '@connect-auth/postgres';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { openDatabase } from 'walled-database';
import { addSampleRows } from './add-sample-rows.js';
import { schemaSql } from './schema-sql.js';
import { WalledTables } from './walled-tables.js';

/** Where it is put on record who did what. */
export const auditTrail = Symbol('audit trail');

/** The application does not start where a wall has a hole. */
@Global()
@Module({
  providers: [
    {
      provide: WalledTables,
      useFactory: async () => new WalledTables(await openDatabase(process.env, { schemaSql, addSampleRows })),
    },
    {
      provide: auditTrail,
      inject: [WalledTables],
      useFactory: ({ opened }: WalledTables) => createAuditTrail({ sinks: [postgresSink({ pool: opened.database })] }),
    },
  ],
  exports: [WalledTables, auditTrail],
})
export class StorageModule implements OnApplicationShutdown {
  constructor(
    private readonly tables: WalledTables,
    @Inject(auditTrail) private readonly trail: AuditTrail,
  ) {}

  /** First what is still to be written, then where it is written to. */
  async onApplicationShutdown(): Promise<void> {
    await this.trail.close();
    await this.tables.opened.close();
  }
}
