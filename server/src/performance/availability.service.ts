import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Month, spanOfMonth } from '../accounting/domain/accounting-units.js';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { SystemsService } from '../systems/systems.service.js';
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

const MINUTE_MS = 60_000;
const SOURCE_LENGTH_MAX = 200;
const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/;

/** 可用性台账: what monitoring, or the provider's monthly report, says of each system; the console measures no service itself. */
@Injectable()
export class AvailabilityReadings {
  constructor(
    private readonly db: DataSource,
    private readonly systems: SystemsService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Callers have been let see the systems. @param to included. */
  async of(systemIds: readonly string[], from: Month, to: Month): Promise<AvailabilityReading[]> {
    const rows = await this.db
      .createQueryBuilder(AvailabilityReadingEntity, 'r')
      .where('r.month between :from and :to and r.systemId in (:...ids)', { from, to, ids: inList(systemIds) })
      .orderBy('r.systemId')
      .addOrderBy('r.month')
      .getMany();
    return rows.map(({ systemId, month, downMinutes, excusedMinutes }) => ({
      ...{ systemId, month, downMinutes, excusedMinutes, minutes: minutesOf(month) },
    }));
  }

  /** Said again it takes the place of what was said; evaluations that were published keep what they had. */
  async record(
    viewer: Viewer,
    scope: TenantScope,
    wish: ReadingWish,
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    const system = wish.systemId === undefined ? null : await this.systems.system(scope, wish.systemId);
    const wrong = [...(system ? [] : [unknownSystem()]), ...this.wrongIn(wish)];
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

  /** Readings that are known to be well-formed, as an act or the demonstration has them. */
  async put(
    tx: Tx,
    by: Pick<Actor, 'name'>,
    readings: readonly (Omit<ReadingWish, 'idempotencyKey' | 'systemId'> & { readonly systemId: string })[],
  ): Promise<void> {
    if (readings.length === 0) return;
    await tx.manager.query(
      `insert into availability_reading (system_id, month, down_minutes, excused_minutes, source, entered_by, entered_at) values ?
       on duplicate key update down_minutes = values(down_minutes), excused_minutes = values(excused_minutes),
         source = values(source), entered_by = values(entered_by), entered_at = values(entered_at)`,
      [
        readings.map((one) => [
          ...[one.systemId, one.month, one.downMinutes, one.excusedMinutes, one.source.trim(), by.name, tx.now],
        ]),
      ],
    );
  }

  private wrongIn({ month, downMinutes, excusedMinutes, source }: ReadingWish): Refusal[] {
    const wrong: Refusal[] = [];
    const at = (path: string, rule: string, zh: string, en: string) =>
      wrong.push({ code: 'INVALID_INPUT', path: [path], rule, message: say(zh, en) });
    const isMonth = MONTH.test(month);
    if (!isMonth || spanOfMonth(month).to > this.clock.now().getTime())
      at('month', 'past', '请填写已结束的月份，如 2026-10', 'A month that is over, such as 2026-10');
    const most = isMonth ? minutesOf(month) : 0;
    if (!Number.isInteger(downMinutes) || downMinutes < 0 || downMinutes > most)
      at('downMinutes', 'range', `须为 0 至 ${most} 的整数`, `A whole number of 0 to ${most}`);
    if (!Number.isInteger(excusedMinutes) || excusedMinutes < 0 || excusedMinutes > downMinutes)
      at('excusedMinutes', 'range', '不计入的中断不能超过中断时长', 'No more is excused than was down');
    if (source.trim() === '' || source.length > SOURCE_LENGTH_MAX)
      at(
        'source',
        'length',
        `请写明数据来源，最多 ${SOURCE_LENGTH_MAX} 字`,
        `Say where it is from, ${SOURCE_LENGTH_MAX} characters at most`,
      );
    return wrong;
  }
}

function minutesOf(month: Month): number {
  const { from, to } = spanOfMonth(month);
  return (to - from) / MINUTE_MS;
}

function unknownSystem(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['systemId'],
    message: say('找不到这个系统', 'There is no such system'),
  };
}
