import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';

/** What follows where single things go back, in the transaction in which they do; answers what is to be moved last. */
export type WhenGivenBack = (tx: Tx, subjectIds: readonly string[], by: string) => Promise<() => Promise<void>>;

/**
 * Servers and places go back without knowing who asked for them. Features above that keep account of single things
 * say here what follows for them; what they answer is moved before the counters of quotas.
 */
@Injectable()
export class ThingsGivenBack {
  private readonly following: WhenGivenBack[] = [];

  whenGivenBack(act: WhenGivenBack): void {
    this.following.push(act);
  }

  async givenBack(tx: Tx, subjectIds: readonly string[], by: string): Promise<() => Promise<void>> {
    if (subjectIds.length === 0) return async () => undefined;
    const lasts: (() => Promise<void>)[] = [];
    // One after the other: they share the transaction's one connection.
    for (const act of this.following) lasts.push(await act(tx, subjectIds, by));
    return async () => {
      for (const last of lasts) await last();
    };
  }
}
