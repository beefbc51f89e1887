import type { QuotaMeter } from '../kernel/refusal.js';
import type { MeterState, SomeAmounts } from './domain/quota.js';

/** What one quota says now. */
export interface QuotaFigures {
  /** 0 = nobody has set a limit yet. */
  readonly version: number;
  readonly meters: { readonly [M in QuotaMeter]?: MeterState };
  readonly held: SomeAmounts;
}
