import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { Memo } from '../platform/memo.js';
import { CalendarsRepository } from './calendars.repository.js';
import type { CalendarYear } from './calendars.types.js';
import { type CalendarYearContent, wrongYear } from './domain/calendar-year.js';
import type { WorkingCalendar } from './domain/working-days.js';

/** Entered once a year; a process that did not enter it hears of it this much later. */
const CALENDAR_LIFE_MS = 1_000;

export interface YearWish extends CalendarYearContent {
  readonly idempotencyKey: string;
  /** 0 = the editor saw that the year is not entered. */
  readonly expectedVersion: number;
}

/** The calendar of working days: read by whatever counts a deadline, entered year by year as the State Council publishes it. */
@Injectable()
export class CalendarsService {
  constructor(
    private readonly repository: CalendarsRepository,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private readonly known = new Memo<WorkingCalendar>(
    async () => new Map((await this.repository.days()).map(({ day, kind }) => [day, kind])),
    CALENDAR_LIFE_MS,
    () => this.clock.now().getTime(),
  );

  /** Asked before a unit of work begins. */
  calendar(): Promise<WorkingCalendar> {
    return this.known.get();
  }

  /** The same inside a transaction, for what has no moment before it. */
  async calendarIn(tx: Tx): Promise<WorkingCalendar> {
    return new Map((await this.repository.days(tx.manager)).map(({ day, kind }) => [day, kind]));
  }

  /** Every year that is entered, and this one and the next whether they are or not. */
  async years(): Promise<CalendarYear[]> {
    const [rows, days] = await Promise.all([this.repository.years(), this.repository.days()]);
    const now = accountingYear(this.clock.now());
    const daysOf = Map.groupBy(days, (day) => day.year);
    const years = new Set([...rows.map((row) => row.year), now, now + 1]);
    const byYear = new Map(rows.map((row) => [row.year, row]));
    return [...years].toSorted().map((year) => {
      const row = byYear.get(year);
      return {
        year,
        source: row?.source ?? '',
        version: row?.version ?? null,
        changedAt: row?.changedAt ?? null,
        changedBy: row?.changedBy ?? null,
        days: (daysOf.get(year) ?? []).map(({ day, kind, name }) => ({ day, kind, name })),
      };
    });
  }

  /** Deadlines that already run keep their day. Refused: INVALID_INPUT by field, VERSION_CONFLICT. */
  async save(actor: Actor, wish: YearWish): Promise<Result<{ year: number }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    const wrong = wrongYear(wish);
    try {
      const saved = await this.acts.perform({ name: 'calendar.save', actor, idempotencyKey, input }, async (tx) => {
        if (wrong.length > 0) return refuse(wrong);
        const before = await this.repository.locked(tx, wish.year);
        const version = before?.row.version ?? 0;
        if (version !== wish.expectedVersion) return refuse([changedMeanwhile(wish.expectedVersion, version)]);
        await this.repository.replace(tx, wish, version + 1, actor.name);
        return ok({
          value: { year: wish.year },
          audit: {
            objectType: 'CalendarYear',
            objectId: String(wish.year),
            departmentId: null,
            summary: say(`维护 ${wish.year} 年工作日历`, `Entered the working days of ${wish.year}`),
            before: before && { source: before.row.source, days: before.days },
            after: { source: wish.source, days: wish.days },
          },
        });
      });
      this.known.forget();
      return saved;
    } catch (error) {
      // Two people entered the same new year at the same moment.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([changedMeanwhile(wish.expectedVersion, 1)]);
      throw error;
    }
  }
}

function changedMeanwhile(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say(
      '该年度日历刚被他人修改，请刷新后再保存',
      'Somebody has just changed this year; look again before you save',
    ),
  };
}
