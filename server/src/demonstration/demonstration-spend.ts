import { Inject, Injectable } from '@nestjs/common';
import { AccountingSweep } from '../accounting/accounting-sweep.service.js';
import { monthBefore } from '../accounting/domain/accounting-units.js';
import { CostCells } from '../costs/cost-cells.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { FilesService } from '../files/files.service.js';
import { addDays, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { Outages } from '../outages/outages.service.js';
import { newId } from '../platform/database/ids.js';
import { budgetYear } from '../requests/domain/encumbrance.js';
import { AssetsService } from '../spend/assets.service.js';
import { ContractsService } from '../spend/contracts.service.js';
import { Deductions } from '../spend/deductions.service.js';
import { EntriesService } from '../spend/entries.service.js';
import { ReconciliationService } from '../spend/reconciliation.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { DemonstrationContractLife } from './demonstration-contract-life.js';
import { done } from './journey-people.js';
import {
  MADE_UP_ASSETS,
  MADE_UP_CONTRACTS,
  MADE_UP_LAST_OUTAGES,
  MADE_UP_PAST_OUTAGES,
  MADE_UP_RULE,
  MADE_UP_SUPPLIERS,
  type MadeUpContract,
  type MadeUpOutage,
  planOf,
  quarterParts,
  quartersDone,
} from './made-up-spend.js';

const CENTERS = ['center-a', 'center-b', 'center-c'];
/** The second month of a quarter. */
const assessedMonth = (quarterFrom: string): string => addDays(quarterFrom, 40).slice(0, 7);
/** A page that says what it is; nobody takes it for the scan of a real one. */
const EVIDENCE = Buffer.from('%PDF-1.4\n% Made-up evidence of the demonstration\n');

/** What finance has paid this year, by its own acts: entered by one person, confirmed by another. */
@Injectable()
export class DemonstrationSpend {
  constructor(
    private readonly contracts: ContractsService,
    private readonly entries: EntriesService,
    private readonly deductions: Deductions,
    private readonly outages: Outages,
    private readonly systems: SystemsService,
    private readonly assets: AssetsService,
    private readonly later: DemonstrationContractLife,
    private readonly reconciliation: ReconciliationService,
    private readonly facilities: FacilitiesService,
    private readonly sweep: AccountingSweep,
    private readonly costs: CostCells,
    private readonly files: FilesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(clerk: Viewer, checker: Viewer, duty: Viewer): Promise<void> {
    const today = calendarDate(this.clock.now());
    const { year } = budgetYear(today);
    const centers = await this.facilities.centers();
    const centerIds = CENTERS.map((code) => centers.find((center) => center.code === code)?.id ?? '');
    const { rows: systems } = await this.systems.list(WHOLE_PROVINCE, {}, { first: 2, after: null });
    const named = systems.map((system) => system.id);
    await this.down(duty, assessedMonth(`${year}-01-01`), MADE_UP_PAST_OUTAGES, centerIds, today, named);
    await this.down(duty, monthBefore(today.slice(0, 7)), MADE_UP_LAST_OUTAGES, centerIds, today, named);
    const suppliers: string[] = [];
    for (const supplier of MADE_UP_SUPPLIERS)
      suppliers.push(await done(this.contracts.createSupplier(clerk, { ...supplier, idempotencyKey: newId() })));
    const contracts: string[] = [];
    for (const made of MADE_UP_CONTRACTS)
      contracts.push(await this.contract(clerk, checker, made, year, today, suppliers[made.supplier] ?? '', centerIds));
    const assets = await this.own(clerk, checker, year, centerIds);
    await this.later.run(clerk, checker, { year, today, contracts, assets, suppliers, centerIds });
    // What use costs must be known before anybody explains what is different; where the worker is at it, it has begun long ago.
    await this.sweep.run();
    await this.costs.take();
    await this.explain(clerk, year, today);
  }

  private async contract(
    clerk: Viewer,
    checker: Viewer,
    made: MadeUpContract,
    year: number,
    today: string,
    supplierId: string,
    centerIds: readonly string[],
  ): Promise<string> {
    const ceiling = made.yuan * 100n;
    const number = made.number.replace('{year}', String(year));
    const advance = (made.advanceYuan ?? 0n) * 100n;
    const plan = planOf(year, ceiling, advance);
    const id = await done(
      this.contracts.enter(clerk, {
        ...{ idempotencyKey: newId(), supplierId, number, name: made.name, kind: made.kind, currency: 'CNY', ceiling },
        ...{ from: `${year}-01-01`, to: `${year + 1}-01-01`, note: '', advanceLimit: advance },
        instalments: plan.map(({ amount, condition, dueOn }) => ({ amount, condition, dueOn })),
        services: made.services.map(([name, unit, unitPrice]) => ({ name, unit, unitPrice })),
        shares: centerIds.map((centerId, at) => ({ centerId, weight: made.weights[at] ?? 0 })),
        assessment: made.assessed ? MADE_UP_RULE : null,
      }),
    );
    if (made.waits) return id;
    await done(this.contracts.decide(checker, 'CONFIRM', { idempotencyKey: newId(), id, expectedVersion: 1 }));
    const serial = number.replace(/\D/g, '').slice(4).padStart(4, '0');
    const [before] = plan;
    if (before?.quarter === null && before.dueOn <= today)
      await this.confirmed(
        checker,
        this.entries.pay(clerk, {
          ...{ contractId: id, idempotencyKey: newId(), onDate: before.dueOn, note: '合同预付款' },
          ...{ amount: advance, from: `${year}-01-01`, to: `${year}-04-01`, instalment: 1, advance: true },
          voucher: `记-${before.dueOn.slice(0, 7)}-${serial}`,
        }),
      );
    const quarters = quartersDone(year, today);
    for (const [at, { from, to, name }] of quarters.entries()) {
      const common = { contractId: id, onDate: addDays(to, -1), note: `${name}服务` };
      const fileIds = [await this.evidence(clerk, `${name}验收单.pdf`)];
      const amount = quarterParts(ceiling)[at] ?? 0n;
      await this.confirmed(
        checker,
        this.entries.accept(clerk, { ...common, idempotencyKey: newId(), amount, fileIds }),
      );
      const deducted =
        at === 0 && made.kind === 'CLOUD_PLATFORM' ? await this.deduct(clerk, checker, id, from, to) : 0n;
      const position = plan.findIndex(({ quarter }) => quarter === at);
      const due = plan[position];
      // What was paid in advance is more than the quarter's part: nothing is left to pay of it.
      if (!due) continue;
      const payment = this.entries.pay(clerk, {
        ...{ ...common, idempotencyKey: newId(), amount: due.amount - deducted, from, to, instalment: position + 1 },
        voucher: `记-${to.slice(0, 7)}-${serial}`,
      });
      // The last payment of hosting waits for the second person.
      if (made.kind === 'HOSTING' && at === quarters.length - 1) await done(payment);
      else await this.confirmed(checker, payment);
    }
    return id;
  }

  /** In the first quarter the platform was down longer than agreed. */
  private async deduct(clerk: Viewer, checker: Viewer, contractId: string, from: string, to: string): Promise<bigint> {
    const fileIds = [await this.evidence(clerk, '月度考核报告.pdf')];
    const id = await this.confirmed(
      checker,
      this.deductions.deductByRecord(clerk, {
        ...{ idempotencyKey: newId(), contractId, fileIds, month: assessedMonth(from), leftOut: [] },
        ...{ onDate: addDays(to, -1), note: '' },
      }),
    );
    const [entry] = await this.entries.byIds([id]);
    return entry?.amount ?? 0n;
  }

  /** What the engineer on duty wrote into the book of a month that is over. */
  private async down(
    duty: Viewer,
    month: string,
    made: readonly MadeUpOutage[],
    centerIds: readonly string[],
    today: string,
    systemIds: readonly string[],
  ): Promise<void> {
    if (month >= today.slice(0, 7)) return;
    for (const { day, time, minutes, center, layer, title, excuse } of made) {
      const fromAt = new Date(`${month}-${String(day).padStart(2, '0')}T${time}:00.000+08:00`);
      await done(
        this.outages.record(duty, {
          ...{ idempotencyKey: newId(), layer, centerId: centerIds[center], poolId: null, title, fromAt, excuse },
          ...{ toAt: new Date(fromAt.getTime() + minutes * 60_000), source: '监控平台告警', windowCode: null },
          ...{ liability: excuse === null ? 'PROVIDER' : 'EXCUSED', orderCode: null, fileIds: [] },
          systemIds: layer === 'PLATFORM' ? systemIds : [],
        }),
      );
    }
  }

  private async own(
    clerk: Viewer,
    checker: Viewer,
    year: number,
    centerIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const ids = new Map<string, string>();
    for (const [code, name, center, yearsBefore, yuan, lifeMonths, maintenance, power] of MADE_UP_ASSETS) {
      const cost = yuan * 100n;
      const id = await done(
        this.assets.enter(clerk, {
          ...{ idempotencyKey: newId(), code, name, centerId: centerIds[center] ?? '', lifeMonths },
          ...{ acquiredOn: `${year - yearsBefore}-06-18`, cost, residual: cost / 20n },
          ...{ maintenance: maintenance * 100n, power: power * 100n },
        }),
      );
      await done(this.assets.decide(checker, 'CONFIRM', { idempotencyKey: newId(), id, expectedVersion: 1 }));
      ids.set(code, id);
    }
    return ids;
  }

  /** What nobody has paid yet of the running quarter is a matter of time; the first quarter's difference is idle capacity. */
  private async explain(clerk: Viewer, year: number, today: string): Promise<void> {
    const { first, last } = this.reconciliation.monthsOf(year);
    const paidUntil = quartersDone(year, today).at(-1)?.to.slice(0, 7) ?? first;
    for (const { month, centerId, unexplained } of await this.reconciliation.cells(WHOLE_PROVINCE, first, last)) {
      if (unexplained === 0n || centerId === null) continue;
      const open = month >= paidUntil;
      // Half of the year's idle capacity has been looked into; the rest waits for somebody to.
      if (!open && month > `${year}-06`) continue;
      await done(
        this.reconciliation.explain(clerk, {
          ...{ idempotencyKey: newId(), month, centerId, amount: unexplained },
          reason: open ? 'TIMING' : 'IDLE_CAPACITY',
          note: open ? '本季度服务费待季末验收后支付' : '已建未用容量，随新系统上云逐步消化',
        }),
      );
    }
  }

  private async evidence(by: Viewer, name: string): Promise<string> {
    return done(this.files.upload({ name, bytes: EVIDENCE }, by));
  }

  private async confirmed(checker: Viewer, entered: ReturnType<EntriesService['pay']>): Promise<string> {
    const id = await done(entered);
    await done(this.entries.decide(checker, 'CONFIRM', { idempotencyKey: newId(), id, expectedVersion: 1 }));
    return id;
  }
}
