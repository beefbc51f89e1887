import { Inject, Injectable } from '@nestjs/common';
import type { DutyRole } from '../alerts/domain/escalation.js';
import { Roster, type ShiftWish } from '../alerts/roster.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { CONFIGURATION, type Configuration } from '../platform/config/configuration.js';
import { newId } from '../platform/database/ids.js';
import { GroupViews } from '../resilience/group-views.service.js';
import { Probes, type SaveProbeWish } from '../resilience/probes.service.js';
import { made } from './journey-people.js';

const DAYS = 14;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of Shanghai: eight in the morning and in the evening. */
const CHANGE_AT_HOURS = [8, 20];
const SHANGHAI_MS = 8 * HOUR_MS;
/** Nobody listens there: what is probed at it is down, as something always is. */
const DEAD_PORT = 9;

/** 值班表 of two weeks, and probes from outside: one that answers, and one that does not and so becomes an alert. */
@Injectable()
export class DemonstrationDuty {
  constructor(
    private readonly roster: Roster,
    private readonly facilities: FacilitiesService,
    private readonly views: GroupViews,
    private readonly probes: Probes,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async run(operator: Viewer): Promise<void> {
    await this.shifts(operator);
    await this.outside(operator);
  }

  private async shifts(operator: Viewer): Promise<void> {
    const [centers, people] = await Promise.all([this.facilities.centers(), this.roster.candidates()]);
    const named = (name: string) => people.find((one) => one.name === name)?.userId;
    const engineers = [named('孙立新'), ...people.map(({ userId }) => userId)].flatMap((id) => id ?? []).slice(0, 3);
    const leader = named('徐海宁') ?? engineers[0];
    const today = Math.floor((this.clock.now().getTime() + SHANGHAI_MS) / DAY_MS) * DAY_MS - SHANGHAI_MS;
    const shift = (
      centerId: string,
      role: DutyRole,
      userId: string | undefined,
      from: number,
      hours: number,
    ): ShiftWish => ({
      ...{ centerId, role, userId, fromAt: new Date(from), toAt: new Date(from + hours * HOUR_MS) },
    });
    const rows = centers
      .filter(({ life }) => life !== 'STOPPED')
      .flatMap(({ id }, at) =>
        // The night that is not over yet began yesterday evening.
        Array.from({ length: DAYS + 1 }, (_, n) => today + (n - 1) * DAY_MS).flatMap((day, n) => [
          ...CHANGE_AT_HOURS.flatMap((hour, half) => [
            shift(id, 'ENGINEER', engineers[(n + half + at) % engineers.length], day + hour * HOUR_MS, 12),
            shift(id, 'BACKUP', engineers[(n + half + at + 1) % engineers.length], day + hour * HOUR_MS, 12),
          ]),
          shift(id, 'LEADER', leader, day + 8 * HOUR_MS, 24),
        ]),
      )
      .filter(({ toAt }) => toAt > this.clock.now());
    await made(this.roster.add(operator, { rows, idempotencyKey: newId() }));
  }

  private async outside(operator: Viewer): Promise<void> {
    const { rows } = await this.views.page(
      WHOLE_PROVINCE,
      { systemId: null, departmentIds: null, search: null, ids: null },
      { first: 50, after: null },
    );
    const pictures = (await this.views.pictures(rows.map(({ id }) => id))).flatMap((one) => one ?? []);
    const tier = pictures.flatMap(({ facts }) => facts.tiers).find(({ dataKind }) => dataKind === 'STATELESS');
    if (!tier) return;
    const { port } = this.configuration;
    const wish = (more: Pick<SaveProbeWish, 'kind' | 'name' | 'target'>): SaveProbeWish => ({
      ...{
        towards: null,
        server: null,
        expect: null,
        statePointer: null,
        lagPointer: null,
        family: 'ANY',
        engine: null,
        account: null,
        database: null,
      },
      ...{ everySeconds: 30, timeoutMs: 2_000, enabled: true, secret: null, expectedVersion: 0 },
      ...{ tierId: tier.id, probeId: undefined, idempotencyKey: newId() },
      ...more,
    });
    const here = `127.0.0.1:${port || DEAD_PORT}`;
    await made(
      this.probes.save(operator, WHOLE_PROVINCE, wish({ kind: 'HTTP', name: '门户首页', target: `http://${here}/` })),
    );
    await made(
      this.probes.save(
        operator,
        WHOLE_PROVINCE,
        wish({ kind: 'TCP', name: '统一认证端口', target: `127.0.0.1:${DEAD_PORT}` }),
      ),
    );
  }
}
