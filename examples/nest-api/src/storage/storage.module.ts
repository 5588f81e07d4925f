import { type AuditTrail, createAuditTrail } from '@connect-auth/audit';
import { postgresSink } from '@connect-auth/postgres';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { openDatabase } from 'walled-database';
import { addSampleRows } from './add-sample-rows.js';
import { schemaSql } from './schema-sql.js';
import { WalledTables } from './walled-tables.js';

/** The audit trail. */
export const auditTrail = Symbol('audit trail');

/** The application does not start if a wall has a hole. */
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

  /** The trail first, which may still have events to write to the database. */
  async onApplicationShutdown(): Promise<void> {
    await this.trail.close();
    await this.tables.opened.close();
  }
}
