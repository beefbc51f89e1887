import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Month, spanOfMonth } from '../accounting/domain/accounting-units.js';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { type DownTime, downTimeOf } from '../outages/domain/down-time.js';
import { Outages } from '../outages/outages.service.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { GovernmentSystem } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import { checkReading, minutesOfMonth } from './domain/availability-table.js';
import type { AvailabilityReading } from './domain/evidence.js';
import { AvailabilityReadingEntity } from './performance.entity.js';

export interface ReadingWish {
  readonly systemId: string | undefined;
  readonly month: Month;
  readonly downMinutes: number;
  readonly excusedMinutes: number;
  readonly source: string;
  readonly idempotencyKey: string;
}

export type StoredReading = Omit<AvailabilityReadingEntity, never>;

/** A system in a month: what was entered, and what the book of outages says. */
export interface SystemAvailability {
  readonly system: GovernmentSystem;
  readonly month: Month;
  readonly minutesOfMonth: number;
  readonly reading: StoredReading | null;
  readonly recorded: (DownTime & { readonly codes: string[] }) | null;
}

/** 可用性台账: what monitoring, or the provider's monthly report, says of each system; the console measures no service itself. */
@Injectable()
export class AvailabilityReadings {
  constructor(
    private readonly db: DataSource,
    private readonly systems: SystemsService,
    private readonly outages: Outages,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Callers have been let see the systems. @param to included. */
  async of(systemIds: readonly string[], from: Month, to: Month): Promise<AvailabilityReading[]> {
    return (await this.stored(systemIds, from, to)).map(({ systemId, month, downMinutes, excusedMinutes }) => ({
      ...{ systemId, month, downMinutes, excusedMinutes, minutes: minutesOfMonth(month) },
    }));
  }

  /** The same as it is kept, with who said so. @param to included. */
  stored(systemIds: readonly string[], from: Month, to: Month, tx?: Tx): Promise<StoredReading[]> {
    return (tx?.manager ?? this.db.manager)
      .createQueryBuilder(AvailabilityReadingEntity, 'r')
      .where('r.month between :from and :to and r.systemId in (:...ids)', { from, to, ids: inList(systemIds) })
      .orderBy('r.systemId')
      .addOrderBy('r.month')
      .getMany();
  }

  isOver(month: Month): boolean {
    return spanOfMonth(month).to <= this.clock.now().getTime();
  }

  /** Every system of the scope, by code, whether anything is known of it or not. */
  async ofMonth(
    scope: TenantScope,
    month: Month,
    search: string | null,
    request: PageRequest,
    seesOutages: boolean,
  ): Promise<Page<SystemAvailability>> {
    const page = await this.systems.list(scope, { search }, request);
    const ids = page.rows.map(({ id }) => id);
    const time = spanOfMonth(month);
    const [readings, outages] = await Promise.all([
      this.stored(ids, month, month),
      seesOutages ? this.outages.spansOfSystems(ids, time) : new Map<string, never>(),
    ]);
    const rows = page.rows.map((system): SystemAvailability => {
      const spans = outages.get(system.id) ?? null;
      const reading = readings.find(({ systemId }) => systemId === system.id) ?? null;
      const recorded = spans && { ...downTimeOf(spans, time), codes: spans.map(({ row }) => row.code) };
      return { system, month, minutesOfMonth: minutesOfMonth(month), reading, recorded };
    });
    return { ...page, rows };
  }

  /** Said again it takes the place of what was said; evaluations that were published keep what they had. */
  async record(
    viewer: Viewer,
    scope: TenantScope,
    wish: ReadingWish,
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    const system = wish.systemId === undefined ? null : await this.systems.system(scope, wish.systemId);
    const wrong = [...(system ? [] : [unknownSystem()]), ...checkReading(wish, this.clock.now())];
    return this.acts.perform(
      { name: 'performance.recordAvailability', actor: viewer, idempotencyKey, input },
      async (tx) => {
        if (wrong.length > 0 || !system) return refuse(wrong);
        await this.put(tx, viewer, [{ ...wish, systemId: system.id }]);
        return ok({
          value: { id: system.id },
          audit: {
            objectType: 'System',
            objectId: system.id,
            departmentId: system.departmentId,
            summary: say(
              `登记 ${system.name} ${wish.month} 可用性`,
              `Recorded the availability of ${system.name} in ${wish.month}`,
            ),
            after: input,
          },
        });
      },
    );
  }

  /** Readings that are known to be well-formed, as an act or the demonstration has them; what stands there gives way. */
  async put(tx: Tx, by: Pick<Actor, 'name'>, readings: readonly KnownReading[]): Promise<void> {
    if (readings.length === 0) return;
    await tx.manager.query(
      `${INSERT} on duplicate key update down_minutes = values(down_minutes), excused_minutes = values(excused_minutes),
         source = values(source), entered_by = values(entered_by), entered_at = values(entered_at)`,
      [rowsOf(tx, by, readings)],
    );
  }

  /** The same where nothing may stand yet. Throws the database's own error for a key that does, whoever was quicker. */
  async add(tx: Tx, by: Pick<Actor, 'name'>, readings: readonly KnownReading[]): Promise<void> {
    if (readings.length > 0) await tx.manager.query(INSERT, [rowsOf(tx, by, readings)]);
  }
}

type KnownReading = Omit<ReadingWish, 'idempotencyKey' | 'systemId'> & { readonly systemId: string };

const INSERT =
  'insert into availability_reading (system_id, month, down_minutes, excused_minutes, source, entered_by, entered_at) values ?';

function rowsOf({ now }: Tx, { name }: Pick<Actor, 'name'>, readings: readonly KnownReading[]): unknown[][] {
  return readings.map((one) => [
    ...[one.systemId, one.month, one.downMinutes, one.excusedMinutes, one.source.trim(), name, now],
  ]);
}

function unknownSystem(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['systemId'],
    message: say('找不到这个系统', 'There is no such system'),
  };
}
