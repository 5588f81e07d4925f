import { and, eq, sql } from 'drizzle-orm';
import type { ServerContext } from '../../context/server-context.js';
import { LastUsed } from '../../credentials/last-used.js';
import { hashSecret, matchSecret } from '../../credentials/secret-hash.js';
import { applications, clientSecrets } from '../../storage/schema/applications.js';
import { isStorableText } from '../../storage/storable-text.js';
import { type CarriedSecret, toClientMetadata } from './client-metadata.js';

/** Applications as OAuth clients. Each request reads its client again, so that changes take effect at once. */
export class Clients {
  readonly lastUsed: LastUsed;
  private readonly query;

  constructor(
    context: ServerContext,
    private readonly pepper: string | undefined,
  ) {
    this.lastUsed = new LastUsed(context, clientSecrets);
    const { environmentId } = context.storage;
    const secret = sql`json_build_object('id', ${clientSecrets.id}, 'hash', encode(${clientSecrets.hash}, 'hex'))`;
    const isThere = sql`${clientSecrets.id} is not null`;
    const secrets = sql<
      readonly CarriedSecret[]
    >`coalesce(json_agg(${secret} order by ${clientSecrets.id}) filter (where ${isThere}), '[]')`;
    const isItsOwn = and(
      eq(clientSecrets.environmentId, applications.environmentId),
      eq(clientSecrets.applicationId, applications.id),
    );
    const isWanted = and(
      eq(applications.environmentId, environmentId),
      eq(applications.clientId, sql.placeholder('clientId')),
    );
    this.query = context.storage.prepare((db) =>
      db
        .select({ application: applications, secrets })
        .from(applications)
        .leftJoin(clientSecrets, isItsOwn)
        .where(isWanted)
        .groupBy(applications.environmentId, applications.id)
        .prepare('connect_auth_client'),
    );
  }

  /** @returns the client's metadata (RFC 7591 §2), or undefined for an unknown client */
  async find(clientId: string): Promise<Record<string, unknown> | undefined> {
    if (!isStorableText(clientId)) return undefined;
    const [found] = await this.query.execute({ clientId });
    return found && toClientMetadata(found.application, found.secrets);
  }

  /** Tells whether it is one of the client's secrets. All of them are compared, in constant time. */
  authenticate(secret: string, secrets: readonly CarriedSecret[]): boolean {
    const candidates = secrets.map(({ id, hash }) => ({ id, hash: Buffer.from(hash, 'hex') }));
    const matching = matchSecret(hashSecret(secret, this.pepper), candidates);
    if (matching !== undefined) this.lastUsed.note(matching.id);
    return matching !== undefined;
  }
}
