import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import {
  hoursOfMonth,
  isMonth,
  MONTH_KWH_MAX,
  type MonthEnergy,
  monthEnergy,
  PUE_TARGET_MAX,
  PUE_TARGET_MIN,
} from './domain/energy.js';
import type { EnergyMonthEntity, PueTargetEntity } from './energy.entity.js';
import { EnergyRepository, type LatestReading } from './energy.repository.js';

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

export interface CenterEnergy {
  /** Hundredths; null = no target. */
  readonly target: number | null;
  readonly months: readonly MonthEnergy[];
  readonly now: { readonly totalW: number | null; readonly itW: number | null; readonly at: Date | null };
  /** Feeds that were measured just now, by the names that their meters give them. */
  readonly feeds: readonly { readonly name: string; readonly powerW: number; readonly measuredAt: Date }[];
}

/** Older than that, what was measured is no longer what is. */
export const READING_MAX_AGE_MS = 15 * 60_000;
export const ENERGY_MONTHS_MAX = 60;
/** More feeds than any center has; a meter that makes up names fills no page. */
const FEEDS_SHOWN_MAX = 100;

@Injectable()
export class EnergyService {
  constructor(
    private readonly repository: EnergyRepository,
    private readonly facilities: FacilitiesService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Of many centers by a constant number of statements, and one for each center's feeds. */
  async ofCenters(centerIds: readonly string[], months: number): Promise<CenterEnergy[]> {
    const now = this.clock.now();
    const list = monthsUntil(calendarDate(now).slice(0, 7), months);
    const first = list[0] as string;
    const since = new Date(now.getTime() - READING_MAX_AGE_MS);
    const centers = await this.facilities.centersByIds(centerIds);
    const codes = centers.flatMap((center) => center?.code ?? []);
    const [sums, meters, targets, totals, it, feeds] = await Promise.all([
      this.repository.hourSums(new Date(`${first}-01T00:00:00+08:00`)),
      this.repository.meterMonths(centerIds, first),
      this.repository.targets(centerIds),
      this.repository.latest('CENTER_TOTAL', codes, since),
      this.repository.latest('IT_TOTAL', codes, since),
      // A statement a center: there are a handful, and each has its own range of names.
      Promise.all(centers.map((c) => (c ? this.repository.latestFeeds(c.code, since, FEEDS_SHOWN_MAX) : []))),
    ]);
    return centerIds.map((centerId, at) => {
      const code = centers[at]?.code;
      const total = totals.find((r) => r.subject === code);
      const itNow = it.find((r) => r.subject === code);
      return {
        target: targetOf(targets, centerId, accountingYear(now)),
        months: list.map((month) =>
          monthEnergy(
            month,
            hoursOfMonth(month, now),
            meters.find((m) => m.centerId === centerId && m.month === month),
            sums.find((s) => s.centerCode === code && s.month === month),
          ),
        ),
        now: { totalW: total?.powerW ?? null, itW: itNow?.powerW ?? null, at: total?.at ?? itNow?.at ?? null },
        feeds: (feeds[at] ?? []).map(({ subject, powerW, at: measuredAt }) => ({
          name: subject.slice(subject.indexOf('/') + 1),
          powerW,
          measuredAt,
        })),
      };
    });
  }

  /** Subjects as they are pushed: "center-a/room/cabinet". Null = not measured within the last quarter of an hour. */
  readonly measuredOf = async (subjects: readonly string[]): Promise<(LatestReading | null)[]> => {
    const since = new Date(this.clock.now().getTime() - READING_MAX_AGE_MS);
    return inOrderOf(subjects, await this.repository.latest('CABINET', subjects, since), (reading) => reading.subject);
  };

  async setTarget(
    viewer: Viewer,
    wish: { centerId: string | undefined; fromYear: number; hundredths: number; idempotencyKey: string },
  ): Answer {
    const [center] = wish.centerId === undefined ? [null] : await this.facilities.centersByIds([wish.centerId]);
    return this.acts.perform(
      { name: 'energy.setTarget', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        if (!center) return refuse([unknownCenter()]);
        const refusals = [
          ...outside(['hundredths'], wish.hundredths, PUE_TARGET_MIN, PUE_TARGET_MAX),
          ...outside(['fromYear'], wish.fromYear, 2020, accountingYear(tx.now) + 5),
        ];
        if (refusals.length > 0) return refuse(refusals);
        await this.repository.setTarget(tx, {
          centerId: center.id,
          fromYear: wish.fromYear,
          hundredths: wish.hundredths,
        });
        const target = (wish.hundredths / 100).toFixed(2);
        return ok({
          value: { id: center.id },
          audit: {
            objectType: 'Center',
            objectId: center.id,
            departmentId: null,
            summary: say(
              `${center.name} ${wish.fromYear} 年起 PUE 目标 ${target}`,
              `PUE target of ${center.code} from ${wish.fromYear}: ${target}`,
            ),
            after: { fromYear: wish.fromYear, hundredths: wish.hundredths },
          },
        });
      },
    );
  }

  /** What the meter says at a month's end; said again, it takes the place of what was said before. */
  async recordMonth(
    viewer: Viewer,
    wish: {
      centerId: string | undefined;
      month: string;
      totalKwh: number;
      itKwh: number | null;
      idempotencyKey: string;
    },
  ): Answer {
    const [center] = wish.centerId === undefined ? [null] : await this.facilities.centersByIds([wish.centerId]);
    return this.acts.perform(
      { name: 'energy.recordMonth', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        if (!center) return refuse([unknownCenter()]);
        const refusals = [
          ...outside(['totalKwh'], wish.totalKwh, 0, MONTH_KWH_MAX),
          ...(wish.itKwh === null ? [] : outside(['itKwh'], wish.itKwh, 0, Math.min(MONTH_KWH_MAX, wish.totalKwh))),
        ];
        if (!isMonth(wish.month) || wish.month > calendarDate(tx.now).slice(0, 7))
          refusals.push(
            invalid(
              ['month'],
              say('月份格式如 2026-03，不晚于本月', 'A month such as 2026-03, not later than this one'),
            ),
          );
        if (refusals.length > 0) return refuse(refusals);
        const { month, totalKwh, itKwh } = wish;
        await this.repository.setMonth(tx, {
          centerId: center.id,
          month,
          totalKwh,
          itKwh,
          recordedBy: viewer.name,
          recordedAt: tx.now,
        });
        return ok({
          value: { id: center.id },
          audit: {
            objectType: 'Center',
            objectId: center.id,
            departmentId: null,
            summary: say(
              `${center.name} ${month} 抄表 ${totalKwh} kWh`,
              `Meter of ${center.code} ${month}: ${totalKwh} kWh`,
            ),
            after: { month, totalKwh, itKwh },
          },
        });
      },
    );
  }

  add(tx: Tx, months: readonly EnergyMonthEntity[], targets: readonly PueTargetEntity[]): Promise<void> {
    return this.repository.add(tx, months, targets);
  }
}

/** In their order, the last is `until`. */
function monthsUntil(until: string, months: number): string[] {
  const [year = 0, month = 0] = until.split('-').map(Number);
  return Array.from({ length: months }, (_, back) =>
    new Date(Date.UTC(year, month - months + back, 1)).toISOString().slice(0, 7),
  );
}

function targetOf(targets: readonly PueTargetEntity[], centerId: string, year: number): number | null {
  return targets.findLast((t) => t.centerId === centerId && t.fromYear <= year)?.hundredths ?? null;
}

function outside(path: string[], value: number, min: number, max: number): Refusal[] {
  return Number.isInteger(value) && value >= min && value <= max
    ? []
    : [invalid(path, say(`须为 ${min} 至 ${max} 的整数`, `A whole number from ${min} to ${max}`))];
}

function invalid(path: string[], message: ReturnType<typeof say>): Refusal {
  return { code: 'INVALID_INPUT', path, rule: 'range', message };
}

function unknownCenter(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['centerId'], message: say('没有这个数据中心', 'There is no such center') };
}
