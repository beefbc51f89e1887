import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { checkYear, type YearWish } from './domain/plan-year.js';
import { PlansRepository } from './plans.repository.js';

/** Opening a plan year and changing its window. */
@Injectable()
export class PlanYears {
  constructor(
    private readonly plans: PlansRepository,
    private readonly acts: Acts,
  ) {}

  /** `expectedVersion` 0 = it is not open yet. */
  async save(
    viewer: Viewer,
    wish: YearWish & { readonly expectedVersion: number; readonly idempotencyKey: string },
  ): Promise<Result<{ year: number }, readonly Refusal[]>> {
    const { expectedVersion, idempotencyKey, ...year } = wish;
    const input = { ...year, additionFromFen: String(year.additionFromFen), expectedVersion };
    return this.acts.perform({ name: 'plan.saveYear', actor: viewer, idempotencyKey, input }, async (tx) => {
      const wrong = checkYear(year, accountingYear(tx.now));
      if (wrong.length > 0) return refuse(wrong);
      const before = await this.plans.year(year.year, tx.manager);
      if ((before?.version ?? 0) !== expectedVersion) return refuse([changed(expectedVersion, before?.version ?? 0)]);
      if (!before) await this.plans.insertYear(tx, year, viewer.name);
      else if (!(await this.plans.updateYear(tx, year, expectedVersion)))
        return refuse([changed(expectedVersion, expectedVersion + 1)]);
      const { opensOn, closesOn, note } = year;
      return ok({
        value: { year: year.year },
        audit: {
          objectType: 'PlanYear',
          objectId: String(year.year),
          departmentId: null,
          summary: before
            ? say(`修改 ${year.year} 计划年度`, `Changed the plan year ${year.year}`)
            : say(`启动 ${year.year} 年用云计划申报`, `Opened the plan year ${year.year}`),
          before: before && { opensOn: before.opensOn, closesOn: before.closesOn, note: before.note },
          after: { opensOn, closesOn, note, additionFromFen: input.additionFromFen },
        },
      });
    });
  }
}

function changed(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('计划年度刚被他人更新，请刷新后再改', 'Somebody has just changed the plan year; look again first'),
  };
}
