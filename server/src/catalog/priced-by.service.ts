import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';

/** Whether there is a price item of this code, as this unit of work sees it. */
export type FindPriceItem = (tx: Tx, meter: string) => Promise<boolean>;

/** Which price items there are. Pricing registers it when it starts, so that the catalog knows nothing of prices. */
@Injectable()
export class PricedBy {
  private find: FindPriceItem | null = null;

  register(find: FindPriceItem): void {
    if (this.find) throw new Error('two features say which price items there are');
    this.find = find;
  }

  isThere(tx: Tx, meter: string): Promise<boolean> {
    if (!this.find) throw new Error('nobody says which price items there are');
    return this.find(tx, meter);
  }
}
