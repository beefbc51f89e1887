import { Injectable } from '@nestjs/common';
import { monthBefore } from '../accounting/domain/accounting-units.js';
import { addDays, type CalendarDate } from '../kernel/calendar.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { ContractsService } from '../spend/contracts.service.js';
import { Deductions } from '../spend/deductions.service.js';
import { DisposalsService } from '../spend/disposals.service.js';
import { EntriesService } from '../spend/entries.service.js';
import { SupplementsService } from '../spend/supplements.service.js';
import { done } from './journey-people.js';
import { DRILL_SUPPLIER, DRILL_WEIGHTS, disposalsOf, drillContract, supplementsOf } from './made-up-contract-life.js';
import { MADE_UP_CONTRACTS } from './made-up-spend.js';

interface Standing {
  readonly year: number;
  readonly today: CalendarDate;
  /** In the order of the made-up contracts. */
  readonly contracts: readonly string[];
  /** By code. */
  readonly assets: ReadonlyMap<string, string>;
  readonly suppliers: readonly string[];
  readonly centerIds: readonly string[];
}

/** What became of contracts and assets in the course of the year: supplements, an advance, disposals, a deduction that waits. */
@Injectable()
export class DemonstrationContractLife {
  constructor(
    private readonly contracts: ContractsService,
    private readonly entries: EntriesService,
    private readonly deductions: Deductions,
    private readonly supplements: SupplementsService,
    private readonly disposals: DisposalsService,
  ) {}

  /** Nothing of it is done before its day of the year has come. */
  async run(clerk: Viewer, checker: Viewer, standing: Standing): Promise<void> {
    await this.supplement(clerk, checker, standing);
    await this.advance(clerk, checker, standing);
    await this.dispose(clerk, checker, standing);
    await this.deduct(clerk, standing);
  }

  private async supplement(clerk: Viewer, checker: Viewer, { contracts, today, year }: Standing): Promise<void> {
    for (const { contract, waits, ...terms } of supplementsOf(year)) {
      const contractId = contracts[contract];
      if (!contractId || terms.signedOn > today) continue;
      const wish = { ...terms, contractId, advanceLimit: null, assessment: null, idempotencyKey: newId() };
      const id = await done(this.supplements.enter(clerk, wish));
      if (!waits) await done(this.supplements.decide(checker, 'CONFIRM', confirming(id)));
    }
  }

  private async advance(clerk: Viewer, checker: Viewer, standing: Standing): Promise<void> {
    const { centerIds, suppliers, today, year } = standing;
    const terms = drillContract(year);
    if (terms.from > today) return;
    const shares = centerIds.map((centerId, at) => ({ centerId, weight: DRILL_WEIGHTS[at] ?? 0 }));
    const supplierId = suppliers[DRILL_SUPPLIER] ?? '';
    const id = await done(this.contracts.enter(clerk, { ...terms, shares, supplierId, idempotencyKey: newId() }));
    await done(this.contracts.decide(checker, 'CONFIRM', confirming(id)));
    const [{ amount, dueOn } = { amount: 0n, dueOn: today }] = terms.instalments;
    if (dueOn > today) return;
    const payment = await done(
      this.entries.pay(clerk, {
        ...{ contractId: id, idempotencyKey: newId(), onDate: dueOn, note: '合同预付款', advance: true },
        ...{ amount, from: terms.from, to: addDays(terms.from, 30), instalment: 1 },
        voucher: `记-${dueOn.slice(0, 7)}-0021`,
      }),
    );
    await done(this.entries.decide(checker, 'CONFIRM', confirming(payment)));
  }

  private async dispose(clerk: Viewer, checker: Viewer, { assets, today, year }: Standing): Promise<void> {
    for (const { code, proceedsYuan, waits, ...facts } of disposalsOf(year)) {
      if (facts.disposedOn > today) continue;
      const wish = { ...facts, proceeds: proceedsYuan * 100n, assetId: assets.get(code), idempotencyKey: newId() };
      const id = await done(this.disposals.enter(clerk, wish));
      if (!waits) await done(this.disposals.decide(checker, 'CONFIRM', confirming(id)));
    }
  }

  /** Of the last month: hosting's stands in the books and waits for the second person, the platform's is only proposed. */
  private async deduct(clerk: Viewer, { contracts, today, year }: Standing): Promise<void> {
    const month = monthBefore(today.slice(0, 7));
    const contractId = contracts[MADE_UP_CONTRACTS.findIndex(({ kind }) => kind === 'HOSTING')];
    if (!contractId || month < `${year}-01`) return;
    await done(
      this.deductions.deductByRecord(clerk, {
        ...{ contractId, month, idempotencyKey: newId(), fileIds: [], leftOut: [] },
        ...{ onDate: today, note: '依据中断登记' },
      }),
    );
  }
}

/** Of what was entered just now. */
function confirming(id: string) {
  return { id, expectedVersion: 1, idempotencyKey: newId() };
}
