import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { PaymentLink } from './domain/system.js';

/** How many things of one kind a project pays for on a system's behalf, as this unit of work sees it. */
export type CountPaidFor = (tx: Tx, link: Pick<PaymentLink, 'systemId' | 'projectId'>) => Promise<number>;

/** What rests on a period of payment. Later features register theirs when they start, so that systems know none of them. */
@Injectable()
export class PaymentUse {
  private readonly registered = new Map<string, CountPaidFor>();

  register(key: string, count: CountPaidFor): void {
    if (this.registered.has(key)) throw new Error(`two kinds of things that are paid for are called ${key}`);
    this.registered.set(key, count);
  }

  async of(tx: Tx, link: Pick<PaymentLink, 'systemId' | 'projectId'>): Promise<number> {
    let used = 0;
    for (const count of this.registered.values()) used += await count(tx, link);
    return used;
  }
}
