import { Injectable } from '@nestjs/common';
import type { PoolMeterRow } from '../allocation/allocation.types.js';
import { PoolMeters } from '../allocation/pool-meters.service.js';
import type { Center } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { type Bilingual, counted, say } from '../kernel/bilingual.js';
import { shownLevel } from '../resilience/domain/dr-signal.js';
import { occupantWords } from '../resilience/domain/occupation.js';
import { type GroupPicture, GroupViews } from '../resilience/group-views.service.js';
import { GroupOccupations } from '../resilience/occupations.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import { dataPointOf, type TierAge } from './domain/drill-marks.js';
import type { Precheck } from './drills.types.js';

export interface MachineToCopy {
  readonly row: ResourceRow;
  /** 1 = data, 2 = what stands on it. */
  readonly wave: number;
}

export function machinesFound(count: number): Bilingual {
  return say(`可复制虚拟机 ${count} 台`, `${counted(count, 'machine', 'machines')} to copy`);
}

/** What a drill of a group rests on: which machines there are to copy, whether there is room for them, and of when their data is. */
@Injectable()
export class DrillGrounds {
  constructor(
    private readonly views: GroupViews,
    private readonly resources: ResourcesService,
    private readonly facilities: FacilitiesService,
    private readonly meters: PoolMeters,
    private readonly occupations: GroupOccupations,
  ) {}

  async picture(groupId: string): Promise<GroupPicture | null> {
    const [picture] = await this.views.pictures([groupId]);
    return picture ?? null;
  }

  async pictures(groupIds: readonly string[]): Promise<ReadonlyMap<string, GroupPicture>> {
    const found = await this.views.pictures(groupIds);
    return new Map(found.flatMap((picture) => (picture ? [[picture.row.id, picture] as const] : [])));
  }

  /** Delivered machines that the center's cluster drives. */
  async machinesIn({ facts }: GroupPicture, centerId: string): Promise<MachineToCopy[]> {
    const waveOf = new Map(
      facts.tiers.flatMap(({ dataKind, members }) =>
        members
          .filter((member) => member.centerId === centerId && member.there)
          .map(({ resourceId }) => [resourceId, dataKind === 'STATELESS' ? 2 : 1] as const),
      ),
    );
    const rows = await this.resources.rows([...waveOf.keys()]);
    return rows.flatMap((row) =>
      row?.management === 'DRIVEN' && row.state === 'IN_USE' ? { row, wave: waveOf.get(row.id) ?? 1 } : [],
    );
  }

  async precheck(
    picture: GroupPicture,
    center: Center,
    machines: readonly MachineToCopy[],
    now: Date,
  ): Promise<Precheck[]> {
    const [[clusters = null], room, [occupied]] = await Promise.all([
      this.facilities.clustersOfCenters([center.id]),
      this.room(machines),
      this.occupations.of([picture.row.id]),
    ]);
    const levels = this.lagsTowards(picture, center).map((lag) => shownLevel(lag, now));
    const stale = levels.filter((level) => level === 'CRITICAL');
    const unread = levels.filter((level) => level === 'UNKNOWN');
    const check = (code: Precheck['code'], ok: boolean, text: Bilingual): Precheck => ({ code, ok, text });
    return [
      check('MACHINES', machines.length > 0, machinesFound(machines.length)),
      check(
        'CLUSTER',
        clusters?.reach === 'REACHABLE',
        clusters?.reach === 'REACHABLE'
          ? say(`${center.name}集群可达`, `The cluster of ${center.name} answers`)
          : say(`${center.name}集群不可达`, `The cluster of ${center.name} does not answer`),
      ),
      check('ROOM', room.ok, room.text),
      check(
        'SIGNALS',
        stale.length === 0,
        stale.length === 0
          ? lagText(levels.length, unread.length)
          : say(
              `${stale.length} 个层的复制延迟超限，副本过旧`,
              `The copies of ${stale.length} tiers are too far behind`,
            ),
      ),
      check(
        'FREE',
        !occupied,
        occupied
          ? say(
              `容灾组正被${occupantWords(occupied).zh} 占用`,
              `The group is occupied by ${occupantWords(occupied).en}`,
            )
          : say('容灾组没有其他演练或切换', 'No other drill or execution of the group is open'),
      ),
    ];
  }

  /** See `dataPointOf`. What a center itself writes is as old as the moment. */
  dataPoint(picture: GroupPicture, center: Center, now: Date): Date | null | undefined {
    const lags = this.lagsTowards(picture, center);
    return dataPointOf(
      picture.facts.tiers
        .filter(({ members }) => members.some(({ centerId }) => centerId === center.id))
        .map(({ dataKind, id }): TierAge => {
          const sets = picture.dataSets.filter(({ tierId }) => tierId === id);
          const writesHere = sets.some(({ places }) =>
            places.some(({ centerId, role }) => centerId === center.id && role !== 'COPY'),
          );
          const lag = lags.find(({ subjectId }) => subjectId === id);
          const known = lag && shownLevel(lag, now) !== 'UNKNOWN' && lag.value !== null ? lag : undefined;
          const behind = known ? new Date(known.observedAt.getTime() - (known.value ?? 0) * 1_000) : null;
          return { hasData: dataKind !== 'STATELESS', dataAt: writesHere ? now : behind };
        }),
    );
  }

  private lagsTowards({ signals }: GroupPicture, { role }: Center) {
    return signals.filter(({ name, towards }) => name === 'REPLICATION_LAG' && towards === role);
  }

  /** 可演练的中心: where copies of the group could stand now, and whether there is room for them. */
  async places(groupId: string): Promise<DrillPlace[]> {
    const picture = await this.picture(groupId);
    if (!picture) return [];
    const centers = await this.facilities.centers();
    const places = await Promise.all(
      centers.map(async (center) => {
        const machines = await this.machinesIn(picture, center.id);
        return { center, machines: machines.length, ...(await this.room(machines)) };
      }),
    );
    return places.filter(({ machines }) => machines > 0);
  }

  /** Of each pool what the copies need and what is free; the first that falls short is named. */
  private async room(machines: readonly MachineToCopy[]): Promise<{ ok: boolean; text: Bilingual }> {
    const byPool = Map.groupBy(machines, ({ row }) => row.poolId);
    const poolIds = [...byPool.keys()].filter((id) => id !== null);
    const [meters, pools] = await Promise.all([this.meters.metersOfPools(poolIds), this.facilities.pools(poolIds)]);
    for (const [index, id] of poolIds.entries()) {
      const short = shortOf(byPool.get(id) ?? [], meters[index] ?? []);
      if (short === null) continue;
      const pool = pools[index]?.code ?? '';
      return {
        ok: false,
        text: say(
          `资源池 ${pool} 余量不足以启动副本：${short.zh}`,
          `Pool ${pool} has not the room to start the copies: ${short.en}`,
        ),
      };
    }
    return { ok: true, text: say('资源池余量足够启动副本', 'Their pools have room for the copies') };
  }
}

export interface DrillPlace {
  readonly center: Center;
  readonly machines: number;
  readonly ok: boolean;
  readonly text: Bilingual;
}

const MIB_PER_GIB = 1_024;

/** Of what nobody reads it is not said that it keeps its limit: the report shows it. */
function lagText(signals: number, unread: number): Bilingual {
  if (signals === unread)
    return say(
      '没有到该中心的复制延迟读数，未判断副本新旧',
      'No lag of copies there is read: how old they are is not judged',
    );
  return unread === 0
    ? say('复制延迟未超限', 'No copy is too far behind')
    : say(
        `复制延迟未超限，另有 ${unread} 个层没有近期读数`,
        `No copy that is read is too far behind; of ${unread} more nothing is read`,
      );
}

/** In the words of whoever looks for room; null = it is enough. Copies have no accelerator. */
function shortOf(machines: readonly MachineToCopy[], meters: readonly PoolMeterRow[]): Bilingual | null {
  const sum = (of: (row: ResourceRow) => number) => machines.reduce((total, { row }) => total + of(row), 0);
  const free = (meter: PoolMeterRow['meter'], tier: PoolMeterRow['storageTier'] = null) =>
    meters.find((one) => one.meter === meter && one.storageTier === tier)?.free ?? 0;
  const figures = [
    { zh: 'vCPU', en: 'vCPU', needs: sum(({ vcpu }) => vcpu), has: free('VCPU') },
    {
      ...{ zh: 'GiB 内存', en: 'GiB of memory', needs: Math.ceil(sum(({ memoryMib }) => memoryMib) / MIB_PER_GIB) },
      has: Math.floor(free('MEMORY_MIB') / MIB_PER_GIB),
    },
    ...(['SSD', 'HDD'] as const).map((tier) => ({
      ...{ zh: `GiB ${tier} 存储`, en: `GiB of ${tier} storage` },
      needs: sum(({ diskGib, storageTier }) => (storageTier === tier ? diskGib : 0)),
      has: free('STORAGE_GIB', tier),
    })),
  ].filter(({ has, needs }) => needs > has);
  if (figures.length === 0) return null;
  return say(
    figures.map(({ has, needs, zh }) => `需要 ${needs} ${zh}，余 ${has}`).join('；'),
    figures.map(({ en, has, needs }) => `${needs} ${en} are needed, ${has} are free`).join('; '),
  );
}
