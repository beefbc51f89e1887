import { availableOf, type Budget, type BudgetEntry, effectOf, lesser } from '../../budgets/domain/budget.js';
import type { PastEncumbrance } from '../../budgets/ledger.repository.js';
import { type CalendarDate, calendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import { costOfDays, monthOf, nextMonth } from '../../pricing/domain/cost-of-days.js';
import { Seeded } from '../seeded.js';
import { costOfRates, type MonthlyRate } from './past-costs.js';
import { overrunsOf } from './past-overruns.js';

/** Keeps the ledger's ids apart from everything else that comes out of the same seed. */
const LEDGER_SALT = 0x1ed9e5;
const WHOLE_ADDS_ONE_IN = 10n;
const FEN_PER_THOUSAND_YUAN = 100_000n;
const CONSOLE_NAME = '集云';
/** Rounds of one month's late use, which are told apart from those of months. */
const LATE_ROUNDS = 100;
const ADD_REASON = '年中追加';
const CUT_REASON = '年中调减，收回未占用额度';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type LivingBudget = Writable<Pick<Budget, 'id' | 'parentId' | 'amount' | 'allotted' | 'reserved' | 'spent'>>;
type LivingEncumbrance = Writable<PastEncumbrance>;

/** What a request has promised and used so far. */
interface Account {
  readonly requestId: string;
  readonly monthlyFen: Fen;
  /** The budget item that pays for its days of that year; null = none does. */
  readonly itemOn: (day: CalendarDate) => string | null;
  readonly machines: Map<string, { rates: MonthlyRate[]; until: CalendarDate | null }>;
  readonly encumbrances: LivingEncumbrance[];
  /** Withdrawn, rejected, expired, or all given back. */
  closed: boolean;
}

/** An entry with the request that it was made for; pieces of a past are whole requests. */
export type PastEntry = BudgetEntry & { readonly requestId: string };

/**
 * The budget books of the past: what each request of it reserved at its submit until the year's end, gave back, and spent
 * month by month, on the days on which it did. Every figure moves by `effectOf`. What does not fit is added to the budget
 * first, as finance does in the middle of a year; what runs beyond its reservation is spent all the same.
 */
export class PastLedger {
  readonly entries: PastEntry[] = [];
  /** Additions to budgets, which belong to no request. */
  readonly adjustments: BudgetEntry[] = [];
  private readonly ids: Seeded;
  private readonly budgets: ReadonlyMap<string, LivingBudget>;
  private readonly accounts = new Map<string, Account>();
  /** When the newest month was entered whose year still runs; null = none was. */
  private lastClose: { readonly at: Date; readonly month: string } | null = null;

  constructor(
    seed: number,
    budgets: readonly LivingBudget[],
    private readonly financeName: string,
  ) {
    this.ids = new Seeded(seed ^ LEDGER_SALT);
    this.budgets = new Map(budgets.map((budget) => [budget.id, { ...budget }]));
  }

  get encumbrances(): PastEncumbrance[] {
    return [...this.accounts.values()].flatMap((account) => account.encumbrances);
  }

  /** Submitted: from here to the year's end what it asks for is promised. */
  open(at: Date, request: Pick<Account, 'requestId' | 'monthlyFen' | 'itemOn'>, by: string): void {
    const account: Account = { ...request, machines: new Map(), encumbrances: [], closed: false };
    this.accounts.set(request.requestId, account);
    this.encumber(account, at, request.monthlyFen, by, '申请单占用');
  }

  /** Nothing comes of the request. */
  giveBack(at: Date, requestId: string, by: string): void {
    const account = this.accounts.get(requestId);
    if (!account) return;
    account.closed = true;
    for (const encumbrance of account.encumbrances)
      this.release(at, encumbrance, encumbrance.left, encumbrance.subject, by, '申请单终止，释放占用');
  }

  started(at: Date, requestId: string, resourceId: string, monthlyFen: Fen): void {
    const from = calendarDate(at);
    this.accounts.get(requestId)?.machines.set(resourceId, { rates: [{ from, monthlyFen }], until: null });
  }

  /** What grew beyond what was promised is not reserved: it shows as what it is once it is spent. */
  changed(at: Date, requestId: string, resourceId: string, monthlyFen: Fen): void {
    this.accounts
      .get(requestId)
      ?.machines.get(resourceId)
      ?.rates.push({ from: calendarDate(at), monthlyFen });
  }

  /** Given back: what was promised for its days to come is free again, as far as it is still there. */
  ended(at: Date, requestId: string, resourceId: string, by: string): void {
    const account = this.accounts.get(requestId);
    const machine = account?.machines.get(resourceId);
    if (!account || !machine) return;
    const day = calendarDate(at);
    machine.until = day;
    const current = account.encumbrances.find((one) => yearOf(calendarDate(one.createdAt)) === yearOf(day));
    const [first] = machine.rates;
    const asked = first ? costOfDays(first.monthlyFen, day, newYearAfter(day)) : 0n;
    if (current)
      this.release(
        at,
        current,
        lesser(current.left, asked),
        { kind: 'RESOURCE', id: resourceId, round: 1 },
        by,
        '资源释放',
      );
    account.closed = [...account.machines.values()].every((one) => one.until !== null);
  }

  /** The past is over: a few items were overrun by use that nobody had reserved. */
  overrun(): void {
    if (this.lastClose === null) return;
    const { at, month } = this.lastClose;
    for (const one of overrunsOf([...this.budgets.values()], this.entries, this.adjustments, at)) {
      const item = this.budget(one.budgetId);
      const account = this.accounts.get(one.requestId) as Account;
      if (one.cut > 0n) {
        this.adjust(one.cutAt, item, -one.cut, CUT_REASON);
        this.budget(item.parentId ?? '').allotted -= one.cut;
      }
      if (one.late === 0n) continue;
      const subject = { kind: 'USAGE', id: one.requestId, round: lateRound(month) };
      this.enter(account, {
        kind: 'SPEND',
        budgetId: item.id,
        amount: one.late,
        fromReserved: 0n,
        subject,
        encumbranceId: null,
        at,
        by: CONSOLE_NAME,
        reason: `${month} 扩容后的用量晚到，补列核算费用`,
      });
    }
  }

  /** Enters what was used in that month ("YYYY-MM"), request by request, and uses up what was reserved for it. */
  closeMonth(at: Date, month: string): void {
    this.lastClose = { at, month };
    const [from, to] = [`${month}-01`, `${nextMonth(month)}-01`];
    for (const account of this.accounts.values()) {
      const itemId = account.itemOn(from);
      const amount = [...account.machines.values()].reduce(
        (sum, { rates, until }) => sum + costOfRates(rates, from, until !== null && until < to ? until : to),
        0n,
      );
      if (itemId === null || amount === 0n) continue;
      const encumbrance = account.encumbrances.find((one) => one.budgetId === itemId) ?? null;
      const fromReserved = encumbrance ? lesser(encumbrance.left, amount) : 0n;
      if (encumbrance) encumbrance.left -= fromReserved;
      this.enter(account, {
        kind: 'SPEND',
        budgetId: itemId,
        amount,
        fromReserved,
        subject: { kind: 'USAGE', id: account.requestId, round: roundOf(month) },
        encumbranceId: encumbrance?.id ?? null,
        at,
        by: CONSOLE_NAME,
        reason: `${month} 核算费用列支`,
      });
    }
  }

  /** That year has its last month entered: what is left of its reservations ends. */
  closeYear(at: Date, year: string): void {
    this.lastClose = null;
    for (const account of this.accounts.values())
      for (const encumbrance of account.encumbrances)
        if (yearOf(calendarDate(encumbrance.createdAt)) === year)
          this.release(at, encumbrance, encumbrance.left, encumbrance.subject, CONSOLE_NAME, '年度终了，释放余额');
  }

  /** The first day of a year: what runs is promised until its end. */
  openYear(at: Date): void {
    const day = calendarDate(at);
    for (const account of this.accounts.values()) {
      if (account.closed) continue;
      const running = [...account.machines.values()].filter((machine) => machine.until === null);
      const monthlyFen =
        account.machines.size === 0
          ? account.monthlyFen
          : running.reduce((sum, { rates }) => sum + (rates.at(-1)?.monthlyFen ?? 0n), 0n);
      this.encumber(account, at, monthlyFen, CONSOLE_NAME, `${yearOf(day)} 年在用资源占用`);
    }
  }

  private encumber(account: Account, at: Date, monthlyFen: Fen, by: string, reason: string): void {
    const day = calendarDate(at);
    const budgetId = account.itemOn(day);
    const amount = costOfDays(monthlyFen, day, newYearAfter(day));
    if (budgetId === null || amount === 0n) return;
    this.makeRoom(at, budgetId, amount);
    const subject = { kind: 'REQUEST', id: account.requestId, round: 1 };
    const encumbranceId = this.ids.idAt(at.getTime());
    account.encumbrances.push({ id: encumbranceId, budgetId, subject, amount, left: amount, createdAt: at });
    this.enter(account, {
      kind: 'RESERVE',
      budgetId,
      amount,
      fromReserved: 0n,
      subject,
      encumbranceId,
      at,
      by,
      reason,
    });
  }

  private release(
    at: Date,
    encumbrance: LivingEncumbrance,
    amount: Fen,
    subject: BudgetEntry['subject'],
    by: string,
    reason: string,
  ): void {
    const account = this.accounts.get(encumbrance.subject.id);
    if (amount === 0n || !account) return;
    encumbrance.left -= amount;
    const { id: encumbranceId, budgetId } = encumbrance;
    this.enter(account, {
      kind: 'RELEASE',
      budgetId,
      amount,
      fromReserved: 0n,
      subject,
      encumbranceId,
      at,
      by,
      reason,
    });
  }

  /** Adds to the item, and to its department where that has given all away, what a new reservation lacks. */
  private makeRoom(at: Date, itemId: string, amount: Fen): void {
    const item = this.budget(itemId);
    const whole = this.budget(item.parentId ?? '');
    const lackOfItem = roundUp(amount - availableOf(item));
    const lackOfWhole = greater(lackOfItem - (whole.amount - whole.allotted), amount - availableOf(whole));
    // A department asks once for more than it lacks at this moment, and keeps the rest undistributed.
    if (lackOfWhole > 0n) this.adjust(at, whole, roundUp(lackOfWhole + whole.amount / WHOLE_ADDS_ONE_IN));
    if (lackOfItem > 0n) {
      this.adjust(at, item, lackOfItem);
      whole.allotted += lackOfItem;
    }
  }

  private adjust(at: Date, budget: LivingBudget, amount: Fen, reason = ADD_REASON): void {
    const id = this.ids.idAt(at.getTime());
    const entry: BudgetEntry = {
      id,
      budgetId: budget.id,
      kind: 'ADJUST',
      amount,
      fromReserved: 0n,
      subject: { kind: 'BUDGET', id, round: 0 },
      encumbranceId: null,
      reversesEntryId: null,
      at,
      by: this.financeName,
      reason,
    };
    this.adjustments.push(entry);
    budget.amount += effectOf(entry).amount;
  }

  private enter(account: Account, facts: Omit<BudgetEntry, 'id' | 'reversesEntryId'>): void {
    const entry = {
      ...facts,
      id: this.ids.idAt(facts.at.getTime()),
      reversesEntryId: null,
      requestId: account.requestId,
    };
    this.entries.push(entry);
    const { reserved, spent } = effectOf(entry);
    const item = this.budget(entry.budgetId);
    for (const budget of [item, this.budget(item.parentId ?? '')]) {
      budget.reserved += reserved;
      budget.spent += spent;
    }
  }

  private budget(id: string): LivingBudget {
    const budget = this.budgets.get(id);
    if (!budget) throw new RangeError(`the past knows no budget ${id}`);
    return budget;
  }
}

/** Of a month's use as it is entered, e.g. 202610, and of what comes after it. */
function roundOf(month: string): number {
  return Number(month.replace('-', ''));
}

function lateRound(month: string): number {
  return roundOf(month) * LATE_ROUNDS + 1;
}

function yearOf(day: CalendarDate): string {
  return day.slice(0, 4);
}

function newYearAfter(day: CalendarDate): CalendarDate {
  return `${Number(yearOf(day)) + 1}-01-01`;
}

function greater(a: Fen, b: Fen): Fen {
  return a > b ? a : b;
}

/** To whole thousands of yuan; nothing lacks nothing. */
function roundUp(fen: Fen): Fen {
  return fen <= 0n ? 0n : ((fen + FEN_PER_THOUSAND_YUAN - 1n) / FEN_PER_THOUSAND_YUAN) * FEN_PER_THOUSAND_YUAN;
}

/** The months that ended before `until`, from the one of `from` on, "YYYY-MM". */
export function endedMonths(from: Date, until: Date): string[] {
  const months: string[] = [];
  for (let month = monthOf(calendarDate(from)); month < monthOf(calendarDate(until)); month = nextMonth(month))
    months.push(month);
  return months;
}
