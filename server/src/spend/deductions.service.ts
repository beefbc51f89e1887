import { Inject, Injectable } from '@nestjs/common';
import { type Month, monthAfter, spanOfMonth } from '../accounting/domain/accounting-units.js';
import type { CalendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ContractFaults } from './contract-faults.service.js';
import { type ContractRow, ContractsRepository } from './contracts.repository.js';
import type { Answer } from './contracts.service.js';
import { type Assessment, assess, feeOfMonth, type MeasuredMonth, roomOf } from './domain/assessment.js';
import { checkMeasured } from './domain/assessment-checks.js';
import { checkDeduction, checkLeftOut, type LeftOut } from './domain/contract-entry.js';
import { type ContractFault, type FaultsOfMonth, leftOutOf, saysTheSame } from './domain/contract-faults.js';
import { firstDayOf } from './domain/months.js';
import { type ContractEntryRow, EntriesRepository } from './entries.repository.js';
import { EntriesService } from './entries.service.js';
import { type EntryParts, monthAssessed, monthNotOver, noRule, nothingToDeduct, unknownFault } from './entry-rows.js';
import type { EntryOf, WithEvidence } from './entry-wishes.js';
import { type HeldTerms, SupplementsRepository } from './supplements.repository.js';

interface OfMonth extends EntryOf, WithEvidence {
  readonly month: Month;
  readonly onDate: CalendarDate;
  readonly note: string;
}
export type DeductionWish = OfMonth & MeasuredMonth;
export type RecordedDeductionWish = OfMonth & { readonly leftOut: readonly LeftOut[] };

export interface DeductionProposal extends FaultsOfMonth {
  readonly contract: ContractRow;
  readonly assessment: Result<Assessment, readonly Refusal[]>;
  /** The deduction of the month that stands or waits. */
  readonly entry: ContractEntryRow | null;
  /** It was reckoned from something else than what the book says today. */
  readonly differs: boolean;
}

/** A province has some dozens of contracts that are assessed; beyond that the page says that there are more. */
export const PROPOSALS_MAX = 300;

/** 考核扣减: what a month's minutes of outage take from what is paid; proposed from the book, entered and confirmed by two. */
@Injectable()
export class Deductions {
  constructor(
    private readonly entries: EntriesService,
    private readonly repository: EntriesRepository,
    private readonly contracts: ContractsRepository,
    private readonly faults: ContractFaults,
    private readonly supplements: SupplementsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  isOver(month: Month): boolean {
    return spanOfMonth(month).to <= this.clock.now().getTime();
  }

  /** Of every contract in force that is assessed in the month, by number; at most so many, and how many there are. */
  async proposals(
    month: Month,
  ): Promise<{ readonly proposals: readonly DeductionProposal[]; readonly totalCount: number }> {
    const { rows: contracts, totalCount } = await this.contracts.assessedIn(month, monthAfter(month), PROPOSALS_MAX);
    const ids = contracts.map(({ id }) => id);
    const [terms, faults, rules, deductions, waiting] = await Promise.all([
      this.supplements.termsOn(contracts, firstDayOf(month)),
      this.faults.ofContracts(contracts, month),
      this.contracts.rulesOf(ids),
      this.repository.deductionsOf(ids, firstDayOf(month)),
      this.repository.waitingDeductions(ids),
    ]);
    const proposals = contracts.map((contract, at): DeductionProposal => {
      const found = faults[at] ?? { downMinutes: 0, excusedMinutes: 0, faults: [] };
      const { downMinutes, excusedMinutes } = found;
      const entry = deductions.find(({ contractId }) => contractId === contract.id) ?? null;
      const ownRules = rules.filter(({ contractId }) => contractId === contract.id);
      const room = { rules: ownRules, waiting: waiting.get(contract.id) ?? 0n };
      const assessment = reckoned(contract, terms[at], { month, downMinutes, excusedMinutes }, room);
      return { contract, ...found, assessment, entry, differs: entry !== null && differs(entry, found) };
    });
    return { proposals, totalCount };
  }

  /** By minutes that somebody typed, with the report that says so. */
  deduct(actor: Actor, wish: DeductionWish): Answer {
    const { fileIds, onDate, note, month, downMinutes, excusedMinutes } = wish;
    const malformed = checkDeduction({ onDate, note, fileCount: fileIds.length, fromRecord: false });
    return this.entries.enter(actor, wish, malformed, async (contract, tx) =>
      this.parts(tx, contract, wish, { month, downMinutes, excusedMinutes }, null),
    );
  }

  /** By the book of outages, which is kept beside it; some of them may be left out with a reason. */
  deductByRecord(actor: Actor, wish: RecordedDeductionWish): Answer {
    const { fileIds, onDate, note, month } = wish;
    const malformed: Refusal[] = [
      ...checkDeduction({ onDate, note, fileCount: fileIds.length, fromRecord: true }),
      ...checkLeftOut(wish.leftOut),
    ];
    return this.entries.enter(actor, wish, malformed, async (contract, tx) => {
      const wrong = checkMeasured({ month, downMinutes: 0, excusedMinutes: 0 }, contract);
      if (wrong.length > 0) return refuse(wrong);
      if (!this.isOver(month)) return refuse([monthNotOver()]);
      const leftOut = new Map(wish.leftOut.map(({ outageId, reason }) => [outageId, reason.trim()]));
      const { downMinutes, excusedMinutes, faults } = await this.faults.ofContract(contract, month, leftOut, tx);
      const strange = wish.leftOut.findIndex(({ outageId }) => !faults.some((fault) => fault.outageId === outageId));
      if (strange >= 0) return refuse([unknownFault(strange)]);
      return this.parts(tx, contract, wish, { month, downMinutes, excusedMinutes }, faults);
    });
  }

  /** What a deduction would come to; the same that entering it reckons. */
  async assessed(
    contract: ContractRow,
    measured: MeasuredMonth,
    tx?: Tx,
  ): Promise<Result<Assessment, readonly Refusal[]>> {
    const rules = await this.contracts.rulesOf([contract.id], tx?.manager);
    const waiting = await this.repository.waitingDeductions([contract.id], tx?.manager);
    const [terms] = await this.supplements.termsOn([contract], firstDayOf(measured.month), tx?.manager);
    return reckoned(contract, terms, measured, { rules, waiting: waiting.get(contract.id) ?? 0n });
  }

  private async parts(
    tx: Tx,
    { id }: ContractRow,
    { onDate, note, month }: OfMonth,
    measured: MeasuredMonth,
    faults: readonly ContractFault[] | null,
  ): Promise<Result<EntryParts, readonly Refusal[]>> {
    // Two who assess the same month at once, or two months of what the cap leaves for one, meet at the contract's row.
    const contract = await this.contracts.locked(tx, id);
    if (!contract) throw new Error(`the contract ${id} was there a moment ago`);
    const made = await this.assessed(contract, measured, tx);
    if (!made.ok) return made;
    const [fromDate, toDate] = [firstDayOf(month), firstDayOf(monthAfter(month))];
    if (await this.repository.hasDeduction(tx, contract.id, fromDate)) return refuse([monthAssessed()]);
    if (made.value.deduction === 0n) return refuse([nothingToDeduct(made.value, faults !== null)]);
    const { fee, deduction, room, ...rest } = made.value;
    const texts = { fee: fee.toString(), deduction: deduction.toString(), room: room?.toString() ?? null };
    const assessment = { ...rest, ...texts, ...(faults ? { faults } : {}) };
    return ok({ kind: 'DEDUCTION', amount: deduction, onDate, note, fromDate, toDate, assessment });
  }
}

/** @param terms what held when the month began; a supplement since then changes no month that is over. */
function reckoned(
  contract: ContractRow,
  terms: HeldTerms | undefined,
  measured: MeasuredMonth,
  known: {
    readonly rules: readonly { readonly fromMonth: Month; readonly rule: Assessment['rule'] }[];
    readonly waiting: bigint;
  },
): Result<Assessment, readonly Refusal[]> {
  const malformed = checkMeasured(measured, contract);
  if (malformed.length > 0) return refuse(malformed);
  const holding = known.rules.findLast(({ fromMonth }) => fromMonth <= measured.month);
  if (!holding || !terms) return refuse([noRule()]);
  const fee = feeOfMonth(terms, measured.month);
  const room = roomOf(contract.ceiling, holding.rule, contract.deducted + known.waiting);
  return ok(assess(measured, fee, holding.fromMonth, holding.rule, room));
}

/** Typed by hand it says no outages: then the minutes are compared. */
function differs({ assessment }: ContractEntryRow, now: FaultsOfMonth): boolean {
  if (assessment === null) return false;
  const { faults, month, downMinutes, excusedMinutes } = assessment;
  if (!faults) return downMinutes - excusedMinutes !== now.downMinutes - now.excusedMinutes;
  const leftOut = leftOutOf(faults);
  const asLeftOut = now.faults.map((fault) => (leftOut.has(fault.outageId) ? { ...fault, countedMinutes: 0 } : fault));
  return !saysTheSame(month, faults, asLeftOut);
}
