import { Injectable } from '@nestjs/common';
import type { Reading } from '../platform/database/unit-of-work.js';

/** By the province, or by anybody: a city may close before it. */
type ClosedBy = 'PROVINCE' | 'ANYBODY';

/** Which months from one on are closed or being closed, the last of them; null = none is. */
type LastClosedFrom = (month: string, by: ClosedBy, reading: Reading) => Promise<string | null>;

/** Accounting registers it when it starts, so that the definitions of common costs know nothing of accounts. */
@Injectable()
export class OpenMonths {
  private find: LastClosedFrom | null = null;

  register(find: LastClosedFrom): void {
    if (this.find) throw new Error('two features say which months are closed');
    this.find = find;
  }

  lastClosedFrom(month: string, by: ClosedBy, reading: Reading): Promise<string | null> {
    if (!this.find) throw new Error('nobody says which months are closed');
    return this.find(month, by, reading);
  }
}
