import { Acts } from '../../server/src/audit/acts.service.js';
import { BudgetsService } from '../../server/src/budgets/budgets.service.js';
import { CentralPayers } from '../../server/src/budgets/central-payers.service.js';
import type { Budget } from '../../server/src/budgets/domain/budget.js';
import { BudgetLedger } from '../../server/src/budgets/ledger.service.js';
import { say } from '../../server/src/kernel/bilingual.js';
import { accountingYear } from '../../server/src/kernel/calendar.js';
import { ok } from '../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { Project } from '../../server/src/systems/domain/system.js';
import { SystemsService } from '../../server/src/systems/systems.service.js';
import { type TestApplication, viewerWith } from './application.ts';
import { payment, project } from './builders/system.ts';
import { idOf, type RequestJourney } from './request-journey.ts';

const KEYS = { functionClass: '2010302', economicClass: '30227', fundNature: 'GENERAL_BUDGET' } as const;
/** What a department as a whole has instead of them. */
const NO_KEYS = { budgetCode: '', functionClass: '', economicClass: '', fundNature: 'GENERAL_BUDGET' } as const;

/** Budgets of the journey's department, and projects of it that pay by themselves (单位自付). */
export class OwnBudget {
  readonly finance = viewerWith(['FINANCE'], null, { name: '钱财政' });
  readonly budgets = this.app.context.get(BudgetsService, { strict: false });
  readonly ledger = this.app.context.get(BudgetLedger, { strict: false });
  private serial = 0;

  constructor(
    private readonly app: TestApplication,
    private readonly journey: Pick<RequestJourney, 'department' | 'system'>,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** A project of its own that pays for the journey's system by itself. */
  async project(more: Partial<Project> = {}): Promise<Project> {
    const made = project(this.journey.department.id, { fundingMode: 'OWN_PAYS', ...more });
    await this.app.context.get(UnitOfWork, { strict: false }).run((tx) =>
      this.app.context.get(SystemsService, { strict: false }).add(tx, {
        systems: [],
        projects: [made],
        links: [payment(this.journey.system, made, '2020-01-01')],
      }),
    );
    return made;
  }

  /** The department's whole year; there is one a level of budgets. */
  whole(
    amount: bigint,
    budgetLevel: Budget['budgetLevel'] = 'PROVINCE',
    year = accountingYear(this.now()),
    departmentId = this.journey.department.id,
  ) {
    return this.open({ ...NO_KEYS, parentId: null, projectId: null, amount, year, budgetLevel, departmentId });
  }

  /** 财政统付: an item of whoever's department, named to pay for what finance pays of its tree. */
  async central(
    departmentId: string,
    amount: bigint,
    budgetLevel: Budget['budgetLevel'] = 'PROVINCE',
  ): Promise<string> {
    const whole = await this.whole(amount, budgetLevel, accountingYear(this.now()), departmentId);
    const item = await this.item(whole, amount, null, { departmentId, budgetLevel });
    await this.nameCentral(item);
    return item;
  }

  async nameCentral(budgetId: string): Promise<void> {
    const central = this.app.context.get(CentralPayers, { strict: false });
    idOf(await central.name(this.finance, WHOLE_PROVINCE, { idempotencyKey: newId(), budgetId }));
  }

  item(parentId: string, amount: bigint, of: Project | null, more: Partial<Budget> = {}): Promise<string> {
    this.serial += 1;
    return this.open({
      ...KEYS,
      budgetCode: `ITEM${String(this.serial).padStart(4, '0')}`,
      budgetLevel: 'PROVINCE',
      year: accountingYear(this.now()),
      parentId,
      projectId: of?.id ?? null,
      amount,
      ...more,
    });
  }

  /** Past use, whatever is left. */
  async spend(budgetId: string, amount: bigint): Promise<void> {
    const acts = this.app.context.get(Acts, { strict: false });
    await acts.perform({ name: 'test.spend', actor: this.finance, input: {} }, async (tx) => {
      const moves = await this.ledger.spend(tx, [
        {
          budgetId,
          amount,
          subject: { kind: 'TEST', id: newId(), round: 1 },
          reserved: null,
          by: '测试',
          reason: '列支',
        },
      ]);
      if (!moves.ok) return moves;
      return ok({
        value: null,
        audit: { objectType: 'Budget', objectId: budgetId, departmentId: null, summary: say('列支', 'Spent') },
        last: () => this.ledger.take(tx, moves.value),
      });
    });
  }

  /** Figures, what its entries add up to, and what is left of its encumbrances: they must never differ. */
  async books(budgetId: string): Promise<{ reserved: bigint; entries: bigint; left: bigint; entryCount: number }> {
    const { db, address } = this.app.test;
    const [budget] = await db.query('select reserved_fen, path from budget where id = ?', [budgetId]);
    const [entries] = await db.query(
      `select coalesce(sum(case e.kind when 'RESERVE' then e.amount_fen when 'RELEASE' then -e.amount_fen else -e.from_reserved_fen end), 0) as sum,
         count(*) as number
       from \`${address.database}_audit\`.budget_entry e join budget b on b.id = e.budget_id
       where b.path like concat(?, '%') and e.kind <> 'ADJUST'`,
      [budget.path],
    );
    const [encumbrances] = await db.query(
      "select coalesce(sum(n.left_fen), 0) as sum from encumbrance n join budget b on b.id = n.budget_id where b.path like concat(?, '%')",
      [budget.path],
    );
    return {
      reserved: BigInt(budget.reserved_fen),
      entries: BigInt(entries.sum),
      left: BigInt(encumbrances.sum),
      entryCount: Number(entries.number),
    };
  }

  private async open(more: Partial<Parameters<BudgetsService['create']>[2]>): Promise<string> {
    const base = { idempotencyKey: newId(), departmentId: this.journey.department.id, name: '预算' };
    return idOf(
      await this.budgets.create(this.finance, WHOLE_PROVINCE, { ...base, ...more } as Parameters<
        BudgetsService['create']
      >[2]),
    );
  }
}
