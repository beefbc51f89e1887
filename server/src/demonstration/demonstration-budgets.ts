import { Inject, Injectable } from '@nestjs/common';
import { BudgetsService } from '../budgets/budgets.service.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { budgetYear } from '../requests/domain/encumbrance.js';
import { SystemsService } from '../systems/systems.service.js';
import { done } from './journey-people.js';

/** More than all that is asked for this morning; what the made-up past leaves of an item may be less than one machine costs. */
const ADDED_FEN = 30_000_000n;
const REASON = '年中追加，用于本单位政务云扩容';

/** Finance adds to what systems are paid from, by its own act: what people ask for this morning depends on no leftovers. */
@Injectable()
export class DemonstrationBudgets {
  constructor(
    private readonly budgets: BudgetsService,
    private readonly systems: SystemsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Each item once, with the whole that it is a part of; a project without an item of this year has nothing to add to. */
  async add(finance: Viewer, systemIds: readonly string[]): Promise<void> {
    const { year } = budgetYear(calendarDate(this.clock.now()));
    const paying = (await this.systems.payingProjectsToday(systemIds)).flat();
    const projects = new Map(paying.map((project) => [project.id, project]));
    for (const project of projects.values()) {
      const item = await this.budgets.itemFor(project, year);
      if (!item.ok) continue;
      if (item.value.parentId !== null) await this.addTo(finance, item.value.parentId);
      await this.addTo(finance, item.value.id);
    }
  }

  private async addTo(finance: Viewer, budgetId: string): Promise<void> {
    const [budget] = await this.budgets.budgets([budgetId]);
    if (!budget) return;
    const wish = { budgetId, expectedVersion: budget.version, change: ADDED_FEN, reason: REASON };
    await done(this.budgets.adjust(finance, WHOLE_PROVINCE, { ...wish, idempotencyKey: newId() }));
  }
}
