import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Reading } from '../platform/database/unit-of-work.js';
import { type Feed, type MaintenanceWindow, maintenanceTable, type PlaceExtent } from './domain/maintenance.js';
import { checkWindow, type WindowForm } from './domain/pool-form.js';
import { unknown } from './domain/refusals.js';
import { MaintenanceRepository } from './maintenance.repository.js';
import { maintenanceFact, WINDOW_CODE_PREFIX } from './maintenance.service.js';
import { MaintenancePlaces } from './maintenance-places.service.js';

/** Plans windows that take a room, a row or a cabinet away, or one feed of it. They go on as all windows do. */
@Injectable()
export class PlaceMaintenance {
  constructor(
    private readonly repository: MaintenanceRepository,
    private readonly places: MaintenancePlaces,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async plan(
    viewer: Viewer,
    wish: WindowForm & {
      readonly extent: PlaceExtent;
      readonly placeId: string | undefined;
      /** null = all of it; else only what hangs on that feed. */
      readonly feed: Feed | null;
      readonly idempotencyKey: string;
    },
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const code = await this.codes.next(WINDOW_CODE_PREFIX, accountingYear(this.clock.now()));
    return this.acts.perform(
      { name: 'maintenance.plan', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const { placeId, extent, feed } = wish;
        const place = placeId === undefined ? null : await this.places.find(tx, extent, placeId);
        if (placeId === undefined || !place)
          return refuse([unknown(['placeId'], say('没有这个机房、列或机柜', 'There is no such room, row or cabinet'))]);
        const refusals = checkWindow(wish, tx.now);
        if (refusals.length > 0) return refuse(refusals);
        const window: MaintenanceWindow = {
          id: newId(tx.now.getTime()),
          code,
          centerId: place.centerId,
          poolId: null,
          placeId,
          placeLabel: place.label,
          feed,
          title: wish.title.trim(),
          reason: wish.reason.trim(),
          extent,
          nodes: null,
          fromAt: wish.fromAt,
          toAt: wish.toAt,
          state: maintenanceTable.initial,
          uncovered: null,
          plannedBy: viewer.name,
          startedAt: null,
          endedAt: null,
          version: 1,
        };
        await this.repository.insert(tx, [window]);
        return ok({
          value: { id: window.id },
          audit: maintenanceFact(window, say('计划维护', 'Plan maintenance'), null),
        });
      },
    );
  }

  /** Rooms, rows and cabinets of these centers that are wholly away now: nothing comes into them meanwhile. */
  async awayIn(reading: Reading, centerIds: readonly string[]): Promise<ReadonlySet<string>> {
    const running = await this.repository.runningPlaces(reading, centerIds);
    return new Set(running.flatMap(({ placeId, feed }) => (placeId !== null && feed === null ? [placeId] : [])));
  }

  /** Planned and running, of these rooms, rows and cabinets. */
  openOf(placeIds: readonly string[]): Promise<MaintenanceWindow[]> {
    return this.repository.openOfPlaces(placeIds);
  }
}
