import { Injectable } from '@nestjs/common';
import { ChargedLines } from '../accounting/charged-lines.service.js';
import type { ChargedLine } from '../accounting/charged-lines.types.js';
import type { Fen } from '../kernel/money.js';
import type { TenantScope } from '../kernel/viewer.js';
import { MeteringService } from '../metering/metering.service.js';
import { UseWindows } from '../resources/use-windows.service.js';
import { CostPivots, sided } from './cost-pivots.service.js';
import { type CostNarrow, isWithin } from './costs.types.js';
import { type IdleCost, type IdleDimension, type IdleMachine, idleCostOf } from './domain/idle-cost.js';

/** Lines of so many machines are read by one statement. */
const MACHINES_AT_ONCE = 1_000;
/** What a page shows of them; the list of machines (资源利用) has them all. */
const DEAREST = 100;

export interface IdleAnswer extends Omit<IdleCost, 'dearest'> {
  readonly dearest: readonly (IdleMachine & { readonly code: string; readonly name: string })[];
  /** All that was charged in the month, of which idleness is a part. */
  readonly total: Fen;
  /** When machines were judged last; null = none is idle. */
  readonly reckonedAt: Date | null;
}

/** 闲置成本: what machines that are idle by the rules today cost on the statement of one month. */
@Injectable()
export class IdleCosts {
  constructor(
    private readonly windows: UseWindows,
    private readonly lines: ChargedLines,
    private readonly pivots: CostPivots,
    private readonly metering: MeteringService,
  ) {}

  async of(scope: TenantScope, narrow: CostNarrow, month: string, by: IdleDimension): Promise<IdleAnswer> {
    const [{ ids, reckonedAt }, stands, totals] = await Promise.all([
      this.windows.idle(),
      this.lines.month(month),
      this.pivots.sums(scope, { ...narrow, from: month, to: month, basis: 'CHARGED' }, 'KIND'),
    ]);
    const isOwn = isWithin(scope, sided(scope, narrow));
    const found: ChargedLine[] = [];
    for (let at = 0; at < ids.length; at += MACHINES_AT_ONCE)
      found.push(...(await this.lines.of([stands], ids.slice(at, at + MACHINES_AT_ONCE))).filter(isOwn));
    const cost = idleCostOf(found, by, DEAREST);
    const names = await this.metering.namesOf(cost.dearest.map(({ resourceId }) => resourceId));
    return {
      ...cost,
      dearest: cost.dearest.map((one) => ({ ...one, ...(names.get(one.resourceId) ?? { code: '', name: '' }) })),
      total: [...totals.values()].reduce((sum, amount) => sum + amount, 0n),
      reckonedAt,
    };
  }
}
