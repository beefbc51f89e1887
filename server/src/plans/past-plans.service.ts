import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { UnitPrice } from '../pricing/domain/quote.js';
import type { PlanLineContent } from './domain/plan-line.js';
import { monthlyOf, unitMonthly } from './domain/plan-price.js';
import type { YearWish } from './domain/plan-year.js';
import { PlanLinesRepository } from './plan-lines.repository.js';
import { PlansRepository } from './plans.repository.js';
import type { PlanLineRow, PlanRow, PlanStepRow } from './plans.types.js';

export interface PastPlan extends Omit<PlanRow, 'id' | 'version' | 'lineCount' | 'monthlyFen' | 'annual'> {
  readonly lines: readonly (PlanLineContent & Pick<PlanLineRow, 'acceptedCount' | 'reductionReason'>)[];
  readonly steps: readonly Omit<PlanStepRow, 'id' | 'planId'>[];
}

/** Takes over plans with their past, as the demonstration does; the caller knows that they are whole. */
@Injectable()
export class PastPlans {
  constructor(
    private readonly plans: PlansRepository,
    private readonly lines: PlanLinesRepository,
  ) {}

  async addYears(tx: Tx, years: readonly YearWish[], openedByName: string): Promise<void> {
    for (const year of years) await this.plans.insertYear(tx, year, openedByName);
  }

  /** By three statements, in the order in which they were begun. */
  async add(tx: Tx, past: readonly PastPlan[], prices: readonly UnitPrice[]): Promise<void> {
    const made = past.map(({ lines, steps, ...plan }) => {
      const id = newId(plan.createdAt.getTime());
      const rows = lines.map(
        (line, at): PlanLineRow => ({
          ...line,
          id: newId(plan.createdAt.getTime()),
          planId: id,
          position: at + 1,
          unitFen: unitMonthly(line, prices, line.offerCode === null ? null : `SERVICE:${line.offerCode}`),
        }),
      );
      const row: PlanRow = {
        ...plan,
        id,
        version: 1,
        annual: plan.kind === 'ANNUAL' ? 1 : null,
        lineCount: rows.length,
        monthlyFen: monthlyOf(rows),
      };
      return { row, rows, steps: steps.map((step) => ({ ...step, id: newId(step.at.getTime()), planId: id })) };
    });
    await this.plans.insert(
      tx,
      made.map(({ row }) => row),
    );
    await this.lines.insert(
      tx,
      made.flatMap(({ rows }) => rows),
    );
    await this.plans.appendSteps(
      tx,
      made.flatMap(({ steps }) => steps),
    );
  }
}
