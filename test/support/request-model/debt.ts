import type { Share } from './shares.ts';

export type DebtState = 'PENDING' | 'OPEN' | 'SETTLING' | 'SETTLED' | 'WAIVED' | 'VOID';

/** 容灾欠账: the recovery share of one line, that nothing was held for. */
export class ModelDebt {
  state: DebtState = 'PENDING';
  count: number;

  constructor(readonly share: Share) {
    this.count = share.count;
  }

  get isOwed(): boolean {
    return this.state === 'PENDING' || this.state === 'OPEN';
  }

  /** Its request ended, or holds anew. */
  lapse(): void {
    if (this.isOwed) this.state = 'VOID';
  }

  /** What it is owed for became less. */
  follow(mains: number): void {
    if (!this.isOwed) return;
    // Half of the servers stand by, rounded up.
    const wanted = this.share.kind === 'SERVER' ? Math.ceil(mains / 2) : mains;
    if (wanted === 0) this.lapse();
    else this.count = Math.min(this.count, wanted);
  }

  waive(): boolean {
    if (this.state !== 'OPEN') return false;
    this.state = 'WAIVED';
    return true;
  }

  get words(): string {
    return `line${this.share.line} ${this.state} ${this.count}`;
  }
}
