import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { DrElement } from '../resilience/domain/dr-level.js';
import type { Reading } from '../resilience/domain/dr-signal.js';
import { type ComposeWish, GroupActs } from '../resilience/group-acts.service.js';
import { GroupForming } from '../resilience/group-forming.service.js';
import { type GroupPicture, GroupViews } from '../resilience/group-views.service.js';
import { Probes, type SaveProbeWish } from '../resilience/probes.service.js';
import { SignalWriting } from '../resilience/signal-writing.service.js';
import { type Carried, DemonstrationCarriers } from './demonstration-carriers.js';
import { made } from './journey-people.js';
import type { Strangers } from './strangers.js';

const TWO_HOURS_MS = 7_200_000;
/** Nobody listens there: the gateway of the array was moved, and nobody told the console. */
const GATEWAY = 'https://127.0.0.1:9/rest/v2/pairs/';
const SILENT_GROUPS = 2;
const PLAN_BEHIND_EVERY = 4;
const EVERY_FIVE_MINUTES = '*/5 * * * *';
const EVERY_QUARTER = '*/15 * * * *';
/** Slower than is promised: half an hour later it is late for good. */
const HOURLY = '0 * * * *';

interface Promised {
  readonly level: number;
  readonly rtoSeconds: number;
  readonly rpoSeconds: number;
  readonly dooSeconds: number;
  readonly nroSeconds: number;
}

/** As departments promise it by their DR mode: nothing is lost in the city, and from afar by how often copies are made. */
const DUAL: Promised = { level: 5, rtoSeconds: 1_800, rpoSeconds: 1_800, dooSeconds: 900, nroSeconds: 600 };
const REMOTE: Promised = { level: 4, rtoSeconds: 14_400, rpoSeconds: 7_200, dooSeconds: 7_200, nroSeconds: 3_600 };

/**
 * 容灾组 of the province: those that were granted what was promised get what carries their data and keep it; some are behind,
 * each for a reason of its own. Grades follow from what clusters and gateways say, and from nothing else.
 */
@Injectable()
export class DemonstrationResilience {
  constructor(
    private readonly forming: GroupForming,
    private readonly acts: GroupActs,
    private readonly views: GroupViews,
    private readonly probes: Probes,
    private readonly signals: SignalWriting,
    private readonly unitOfWork: UnitOfWork,
    private readonly carriers: DemonstrationCarriers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(operator: Viewer, strangers: Strangers): Promise<void> {
    // The sweep forms them, too: of two at once one is told that a group is there.
    await strangers.awaited('DR groups', () =>
      this.forming.run().then(
        () => true,
        () => undefined,
      ),
    );
    const groups = await this.pictures();
    const dual = groups.filter(({ facts }) => facts.tiers.length > 0 && facts.tiers.every(isPair));
    const [front, ...others] = dual.toSorted((a, b) => sizeOf(a) - sizeOf(b));
    const silent = others.slice(0, SILENT_GROUPS);
    for (const [at, group] of groups.entries()) await this.promise(operator, group, at % PLAN_BEHIND_EVERY === 0);
    if (front) await this.front(operator, front);
    for (const group of silent) await this.silent(operator, group);
    // As they stand after what was said by hand.
    const now = await this.pictures();
    const [forgetful, late] = [others.at(-1), others.at(-2)];
    await this.carriers.run(
      strangers,
      now
        .filter(({ facts }) => !silent.some((one) => one.row.id === facts.id))
        .map(
          (group): Carried => ({
            group,
            forgetsOne: group.row.id === forgetful?.row.id,
            schedule:
              group.row.id === late?.row.id
                ? HOURLY
                : group.row.localMode === 'DUAL_ACTIVE'
                  ? EVERY_FIVE_MINUTES
                  : EVERY_QUARTER,
          }),
        ),
    );
  }

  private async pictures(): Promise<GroupPicture[]> {
    const rows = await this.views.all(WHOLE_PROVINCE);
    return (await this.views.pictures(rows.map(({ id }) => id))).flatMap((group) => group ?? []);
  }

  private async promise(operator: Viewer, { row }: GroupPicture, planBehind: boolean): Promise<void> {
    const targets = row.localMode === 'DUAL_ACTIVE' ? DUAL : REMOTE;
    await made(
      this.acts.setTargets(operator, WHOLE_PROVINCE, {
        ...{
          groupId: row.id,
          expectedVersion: row.version,
          targets: { ...targets, elements: elementsOf(targets, planBehind) },
        },
        ...{ reason: `按${targets.level === DUAL.level ? '五' : '四'}级建设`, idempotencyKey: newId() },
      }),
    );
  }

  /** What holds no data is composed by hand: the console cannot know it. */
  private front(operator: Viewer, group: GroupPicture): Promise<void> {
    return this.compose(operator, group, {
      name: '前置服务',
      dataKind: 'STATELESS',
      source: 'NONE',
      layer: 'APPLICATION',
    });
  }

  /** An array tells of it by REST, and its gateway went silent: from then on nobody knows. */
  private async silent(operator: Viewer, group: GroupPicture): Promise<void> {
    await this.compose(operator, group, {
      name: '数据库',
      dataKind: 'SINGLE_WRITER',
      source: 'PROBE',
      layer: 'STORAGE',
    });
    const [now] = await this.views.pictures([group.row.id]);
    const tier = now?.tiers.find(({ origin }) => origin === 'COMPOSED');
    if (!tier) return;
    const ways = tier.remoteMode === 'NONE' ? (['ACTIVE_B'] as const) : (['ACTIVE_B', 'RECOVERY'] as const);
    for (const towards of ways) {
      const name = towards === 'ACTIVE_B' ? '阵列双活复制对' : '阵列异地复制对';
      const wish: SaveProbeWish = {
        ...{ kind: 'REST_REPLICATION', name, towards, target: `${GATEWAY}${towards === 'ACTIVE_B' ? 1 : 2}` },
        ...{ server: null, expect: 'Synchronized', statePointer: '/state', lagPointer: '/lagSeconds', family: 'ANY' },
        ...{ engine: null, account: 'jiyun-read', database: null, everySeconds: 60, timeoutMs: 2_000, enabled: true },
        ...{ secret: newId(), expectedVersion: 0, tierId: tier.id, probeId: undefined, idempotencyKey: newId() },
      };
      await made(this.probes.save(operator, WHOLE_PROVINCE, wish));
    }
    const observedAt = new Date(this.clock.now().getTime() - TWO_HOURS_MS);
    const said = ways.map(
      (towards): Reading => ({
        ...{ subjectKind: 'TIER', subjectId: tier.id, name: 'REPLICATION_COVERAGE', towards, value: 100 },
        ...{ source: 'REST_REPLICATION', observedAt, maxAgeSeconds: 300 },
      }),
    );
    await this.unitOfWork.run((tx) => this.signals.record(tx, said));
  }

  private async compose(
    operator: Viewer,
    { facts, row }: GroupPicture,
    of: Pick<ComposeWish, 'name' | 'dataKind' | 'source' | 'layer'>,
  ): Promise<void> {
    const members = facts.tiers.flatMap((tier) => tier.members);
    await made(
      this.acts.compose(operator, WHOLE_PROVINCE, {
        ...{ systemId: row.systemId, resourceIds: members.map(({ resourceId }) => resourceId) },
        ...{ localMode: row.localMode, remoteMode: row.remoteMode, party: 'CENTER', partyName: null },
        ...{ ...of, idempotencyKey: newId() },
      }),
    );
  }
}

/** As many machines in A as in B, all of them there, and nothing owed. */
function isPair({ localMode, members, owed }: GroupPicture['facts']['tiers'][number]): boolean {
  const of = (role: string) => members.filter((one) => one.role === role && !one.standby).length;
  return (
    localMode === 'DUAL_ACTIVE' &&
    owed.length === 0 &&
    members.every(({ there }) => there) &&
    of('ACTIVE_A') === of('ACTIVE_B') &&
    of('ACTIVE_A') > 0
  );
}

const sizeOf = ({ facts }: GroupPicture) => facts.tiers.reduce((sum, { members }) => sum + members.length, 0);

/** Assessed as it was built; of some the plan is one level behind, which each of their drills says. */
function elementsOf({ level }: Promised, planBehind: boolean): { readonly [E in DrElement]: number } {
  return {
    ...{ DATA_BACKUP: level, STANDBY_PROCESSING: level, STANDBY_NETWORK: level, STANDBY_PREMISES: level + 1 },
    ...{ TECHNICAL_SUPPORT: level, OPERATIONS: level, DR_PLAN: planBehind ? level - 1 : level },
  };
}
