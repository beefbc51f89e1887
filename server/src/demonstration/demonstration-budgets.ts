import { Inject, Injectable } from '@nestjs/common';
import { BudgetAdjustments } from '../budgets/adjustments.service.js';
import { BudgetsService } from '../budgets/budgets.service.js';
import { CentralPayers } from '../budgets/central-payers.service.js';
import type { Budget } from '../budgets/domain/budget.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { budgetYear } from '../requests/domain/encumbrance.js';
import { SystemsService } from '../systems/systems.service.js';
import { done } from './journey-people.js';

/** More than all that is asked for this morning; what the made-up past leaves of an item may be less than one machine costs. */
const ADDED_FEN = 30_000_000n;
const WISHED_FEN = 12_000_000n;
const WISHED_REASON = '新增同城双活备份，追加运行经费';
/** What finance pays for the province's departments in a year, and more than is asked for this morning. */
const CENTRAL_FEN = 600_000_000n;
const CENTRAL_OF_CITY_FEN = 60_000_000n;
/** 信息化建设; 委托业务费. */
const CENTRAL_CLASSES = { functionClass: '2010399', economicClass: '30227' } as const;
/** Enough for a page of them, few enough for a start of seconds. */
const NEXT_YEAR_ITEMS = 30;
const BUDGETS_LOOKED_AT = 400;
const CENTER_NAME = '大数据管理中心';
const CITY_NAME = '南京市';
const REASON = '年中追加，用于本单位政务云扩容';

/** Finance adds to what systems are paid from, by its own act: what people ask for this morning depends on no leftovers. */
@Injectable()
export class DemonstrationBudgets {
  constructor(
    private readonly budgets: BudgetsService,
    private readonly adjustments: BudgetAdjustments,
    private readonly central: CentralPayers,
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

  /** What is waiting on a finance page of this morning: next year's budgets, who pays centrally, an adjustment to approve. */
  async prepare(finance: Viewer, systemIds: readonly string[]): Promise<void> {
    const { year } = budgetYear(calendarDate(this.clock.now()));
    const { rows } = await this.budgets.list(WHOLE_PROVINCE, { year }, { first: BUDGETS_LOOKED_AT, after: null });
    const used = rows.filter(({ grain, reserved, spent }) => grain === 'ITEM' && reserved + spent > 0n);
    for (const item of used.slice(0, NEXT_YEAR_ITEMS)) await this.openNextYear(finance, item);
    await this.nameCentral(finance, year);
    const paying = (await this.systems.payingProjectsToday(systemIds.slice(0, 1))).flat();
    const [project] = paying;
    const item = project ? await this.budgets.itemFor(project, year) : null;
    if (item?.ok)
      await done(
        this.adjustments.request(finance, WHOLE_PROVINCE, {
          ...{ idempotencyKey: newId(), budgetId: item.value.id, change: WISHED_FEN, reason: WISHED_REASON },
        }),
      );
  }

  /** The center's own item for all of it, this year and the next; and one of a city, which pays for its bureaus by itself. */
  private async nameCentral(finance: Viewer, year: number): Promise<void> {
    const wholeOf = async (search: string) => {
      const { rows } = await this.budgets.list(WHOLE_PROVINCE, { year, search }, { first: 10, after: null });
      return rows.find(({ grain }) => grain === 'DEPARTMENT');
    };
    const [whole, ofCity] = [await wholeOf(CENTER_NAME), await wholeOf(CITY_NAME)];
    if (whole) {
      const next = await this.opened(finance, whole, null);
      for (const parentId of [whole.id, next])
        await this.name(finance, await this.openCentral(finance, parentId, '省级政务云统付经费', CENTRAL_FEN));
    }
    if (ofCity)
      await this.name(finance, await this.openCentral(finance, ofCity.id, '市级政务云统付经费', CENTRAL_OF_CITY_FEN));
  }

  private async openCentral(finance: Viewer, parentId: string, title: string, amount: bigint): Promise<string> {
    await this.addTo(finance, parentId, amount);
    const [whole] = await this.budgets.budgets([parentId]);
    if (!whole) throw new Error(`the budget ${parentId} is gone`);
    const { year, departmentId, fundNature, budgetLevel } = whole;
    const name = `${year} 年${title}`;
    return done(
      this.budgets.create(finance, WHOLE_PROVINCE, {
        ...{ idempotencyKey: newId(), year, parentId, departmentId, projectId: null, name, amount },
        ...{ budgetCode: `ZWYTF${year}`, ...CENTRAL_CLASSES, fundNature, budgetLevel },
      }),
    );
  }

  private async name(finance: Viewer, budgetId: string): Promise<void> {
    await done(this.central.name(finance, WHOLE_PROVINCE, { idempotencyKey: newId(), budgetId }));
  }

  /** The same item a year later, with its department's whole where that is not there yet; a second time nothing happens. */
  private async openNextYear(finance: Viewer, item: Budget): Promise<string | null> {
    const [whole] = item.parentId === null ? [] : await this.budgets.budgets([item.parentId]);
    if (!whole) return null;
    const parentId = await this.opened(finance, whole, null);
    return this.opened(finance, item, parentId);
  }

  private async opened(finance: Viewer, like: Budget, parentId: string | null): Promise<string> {
    const year = like.year + 1;
    const { departmentId, budgetCode } = like;
    const known = (
      await this.budgets.list(WHOLE_PROVINCE, { year, departmentId }, { first: 100, after: null })
    ).rows.find((budget) => budget.budgetCode === budgetCode && budget.grain === like.grain);
    if (known) return known.id;
    const { functionClass, economicClass, fundNature, budgetLevel, projectId, amount } = like;
    const name = like.name.replace(`${like.year}`, `${year}`);
    const made = await done(
      this.budgets.create(finance, WHOLE_PROVINCE, {
        ...{ idempotencyKey: newId(), year, parentId, departmentId, projectId, name, amount, budgetCode },
        ...{ functionClass, economicClass, fundNature, budgetLevel },
      }),
    );
    return made;
  }

  private async addTo(finance: Viewer, budgetId: string, change = ADDED_FEN): Promise<void> {
    const [budget] = await this.budgets.budgets([budgetId]);
    if (!budget) return;
    const wish = { budgetId, expectedVersion: budget.version, change, reason: REASON };
    await done(this.budgets.adjust(finance, WHOLE_PROVINCE, { ...wish, idempotencyKey: newId() }));
  }
}
