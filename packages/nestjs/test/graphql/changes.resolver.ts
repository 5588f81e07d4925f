import { Inject, Injectable, UseGuards } from '@nestjs/common';
import { Query, Resolver, Subscription } from '@nestjs/graphql';
import { PubSub } from 'graphql-subscriptions';
import { ConnectAuthGuard, currentAuth, OrgId, Public, RequireScopes } from '../../src/index.js';

/** Tells of changes, each to one organization, and of who begins to listen. */
@Injectable()
export class Changes {
  private readonly topics = new PubSub();
  private listening: (() => void)[] = [];

  listen(topic: string): AsyncIterableIterator<unknown> {
    const changes = this.topics.asyncIterableIterator<unknown>(topic);
    const { next } = changes;
    // The topic is subscribed to when the first event is asked for.
    changes.next = () => {
      changes.next = next;
      const event = next.call(changes);
      setImmediate(() => this.listening.shift()?.());
      return event;
    };
    return changes;
  }
  whenListening(): Promise<void> {
    return new Promise((resolve) => this.listening.push(resolve));
  }
  tell(topic: string, changed: string): Promise<void> {
    return this.topics.publish(topic, { changed, news: changed });
  }
}

@Resolver()
@UseGuards(ConnectAuthGuard)
export class ChangesResolver {
  constructor(@Inject(Changes) private readonly changes: Changes) {}

  /** Nobody hears of another organization's: its name is in the topic. */
  @Subscription(() => String) changed(@OrgId() orgId: string) {
    return this.changes.listen(`${orgId} ${currentAuth().orgId}`);
  }
  @Subscription(() => String, { name: 'scoped' }) @RequireScopes('projects:read') scoped() {
    return this.changes.listen('scoped');
  }
  @Subscription(() => String, {
    filter: ({ changed }: { changed: string }) => changed === callerOr('nobody'),
    resolve: ({ changed }: { changed: string }) => `${changed} ${callerOr('nobody')}`,
  })
  filtered() {
    return this.changes.listen('filtered');
  }
  @Subscription(() => String) @Public() news() {
    return this.changes.listen('news');
  }
  @Query(() => [String]) org(@OrgId() orgId: string) {
    return [orgId, currentAuth().orgId];
  }
  @Query(() => String) @Public() open() {
    return callerOr('nobody');
  }
}

function callerOr(nobody: string): string {
  try {
    return String(currentAuth().orgId);
  } catch {
    return nobody;
  }
}
