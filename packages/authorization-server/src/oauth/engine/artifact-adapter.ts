import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { Artifacts } from '../../tokens/artifacts.js';
import type { Revocation } from '../../tokens/revocation.js';

/** Stores what the engine keeps besides clients and access tokens. */
export class ArtifactAdapter implements Adapter {
  constructor(
    protected readonly artifacts: Artifacts,
    private readonly revocation: Revocation,
  ) {}

  upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    return this.artifacts.save(id, { ...payload }, expiresIn);
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.artifacts.find(id);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.artifacts.findByUid(uid);
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.artifacts.findByUserCode(userCode);
  }

  /**
   * Lets the database decide who uses it: the engine has checked that it is unused, but another request may have done
   * the same at that moment. One of the two holds a stolen code or token (RFC 6749 §4.1.2, §10.4).
   */
  async consume(id: string): Promise<void> {
    if (await this.artifacts.consume(id)) return;
    const grantId = (await this.artifacts.find(id))?.grantId;
    if (typeof grantId === 'string') await this.revocation.revokeGrant(grantId);
    throw new errors.InvalidGrant('consumed by another request at the same time');
  }

  async destroy(id: string): Promise<void> {
    await this.artifacts.destroy(id);
  }

  revokeByGrantId(grantId: string): Promise<void> {
    return this.artifacts.destroyByGrant(grantId);
  }
}

/** Deletes everything issued on a grant along with it. */
export class GrantAdapter extends ArtifactAdapter {
  constructor(
    artifacts: Artifacts,
    private readonly grants: Revocation,
  ) {
    super(artifacts, grants);
  }

  override destroy(id: string): Promise<void> {
    return this.grants.revokeGrant(id);
  }
}

/** Accepts a DPoP proof once, even if it arrives twice at the same moment (RFC 9449 §11.1). */
export class ReplayAdapter extends ArtifactAdapter {
  override async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    if (await this.artifacts.add(id, { ...payload }, expiresIn)) return;
    throw new errors.InvalidGrant('DPoP proof seen by another request at the same time');
  }
}

/** Stores nothing: nobody can sign in, so interactions are never resumed, and a row for every request would be waste. */
export class DiscardingAdapter extends ArtifactAdapter {
  override async upsert(): Promise<void> {}

  override async find(): Promise<undefined> {}
}
