export interface OrgRecord {
  readonly id: string;
  readonly orgId: string;
}

/**
 * Records of all organizations, in memory. There is no question that does not name the organization that asks: another
 * organization's record is as good as none.
 */
export class OrgRecords<Item extends OrgRecord> {
  private readonly items = new Map<string, Item>();
  private lastNumber = 0;

  /** @param kind what the ids begin with */
  constructor(
    private readonly kind: string,
    samples: readonly Omit<Item, 'id'>[],
  ) {
    for (const sample of samples) this.add(sample);
  }

  list(orgId: string): Item[] {
    return [...this.items.values()].filter((item) => item.orgId === orgId);
  }

  find(orgId: string, id: string): Item | undefined {
    const item = this.items.get(id);
    return item?.orgId === orgId ? item : undefined;
  }

  add(members: Omit<Item, 'id'>): Item {
    this.lastNumber += 1;
    const item = { id: `${this.kind}_${this.lastNumber}`, ...members } as Item;
    this.items.set(item.id, item);
    return item;
  }

  /** Puts the item in the place of the one with its id. */
  replace(item: Item): Item {
    this.items.set(item.id, item);
    return item;
  }

  remove(orgId: string, id: string): boolean {
    return this.find(orgId, id) !== undefined && this.items.delete(id);
  }
}
