import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';

/** What a feature above does where single things go back. */
export interface FollowingGivenBack {
  /** Locks what stands above these things, before whoever gives them back locks the things themselves. */
  keep(tx: Tx, subjectIds: readonly string[]): Promise<void>;
  /** What follows, in the transaction in which they go back; answers what is to be moved last. */
  givenBack(tx: Tx, subjectIds: readonly string[], by: string): Promise<() => Promise<void>>;
}

/**
 * Servers and places go back without knowing who asked for them. Features above that keep account of single things
 * say here what follows for them; what they answer is moved before the counters of quotas.
 */
@Injectable()
export class ThingsGivenBack {
  private readonly following: FollowingGivenBack[] = [];

  follow(one: FollowingGivenBack): void {
    this.following.push(one);
  }

  /** First of all: a request is locked before its servers, and those before cabinets, whoever comes from which end. */
  async keep(tx: Tx, subjectIds: readonly string[]): Promise<void> {
    if (subjectIds.length > 0) for (const one of this.following) await one.keep(tx, subjectIds);
  }

  async givenBack(tx: Tx, subjectIds: readonly string[], by: string): Promise<() => Promise<void>> {
    if (subjectIds.length === 0) return async () => undefined;
    const lasts: (() => Promise<void>)[] = [];
    // One after the other: they share the transaction's one connection.
    for (const one of this.following) lasts.push(await one.givenBack(tx, subjectIds, by));
    return async () => {
      for (const last of lasts) await last();
    };
  }
}
