import { Inject, Injectable } from '@nestjs/common';
import { type SpaceResource, type SpaceTotals } from '../cabinets/domain/space-totals.js';
import { unitsOf } from '../cabinets/domain/units.js';
import { SpaceRecord } from '../cabinets/space-record.service.js';
import type { SpaceChange } from '../cabinets/space-record.types.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { Memo } from '../platform/memo.js';
import { ServerHistory } from '../servers/server-history.service.js';
import { type Trend, type TrendSpan, trendOf } from './domain/trend.js';

/** As for pools: the past does not change by the minute. */
const HISTORY_LIFE_MS = 60_000;

const AMOUNT_OF: { readonly [R in SpaceResource]: (change: SpaceChange) => number } = {
  UNITS: ({ halfUnits }) => unitsOf(halfUnits),
  POWER_W: ({ powerW }) => powerW,
  WEIGHT_GRAMS: ({ weightGrams }) => weightGrams,
};

interface ServerRow {
  readonly centerId: string;
  readonly architecture: string;
  readonly free: number;
}

/**
 * How use of cabinets and standalone servers went and until when there is room, from the record of space and the servers'
 * events: what is given or stands, never what is only held. The room is what any department may have.
 */
@Injectable()
export class PlaceTrends {
  constructor(
    private readonly record: SpaceRecord,
    private readonly history: ServerHistory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private readonly past = new Memo(
    async () => ({ space: await this.record.changes(), servers: await this.history.changes() }),
    HISTORY_LIFE_MS,
    () => this.clock.now().getTime(),
  );

  /** By two statements at most, whatever there is. */
  async of(
    months: number,
    basedOn: number,
  ): Promise<{
    space: (totals: SpaceTotals, resource: SpaceResource) => Trend;
    servers: (row: ServerRow) => Trend;
  }> {
    const span: TrendSpan = { today: calendarDate(this.clock.now()), months, basedOn };
    const { space, servers } = await this.past.get();
    return {
      space: ({ centerId, zone, amounts }, resource) =>
        trendOf(
          space
            .filter((change) => change.centerId === centerId && change.zone === zone)
            .map((change) => ({ month: change.month, change: AMOUNT_OF[resource](change) })),
          amounts[resource].free,
          span,
        ),
      servers: ({ centerId, architecture, free }) =>
        trendOf(
          servers
            .filter((change) => change.centerId === centerId && change.architecture === architecture)
            .map((change) => ({ month: change.month, change: change.servers })),
          free,
          span,
        ),
    };
  }
}
