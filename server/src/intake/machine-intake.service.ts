import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { amountsOf, NOTHING, plus, publicMeter } from '../allocation/domain/capacity.js';
import type { PoolMeterName } from '../facilities/domain/pool-meters.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { Counters } from '../platform/counters/counters.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { PricingService } from '../pricing/pricing.service.js';
import type { Taker } from '../quotas/domain/quota.js';
import { ResourcesService } from '../resources/resources.service.js';
import { objectKey } from './domain/intake-item.js';
import type { Became, IntakeBatchRow, MachineItem } from './intake.types.js';
import type { ItemOwners } from './intake-quotas.service.js';
import { type BookEntry, type MachineOwner, takenMachine } from './taken-machine.js';

/** A list longer than that is mended from its beginning. */
const REFUSALS_MAX = 50;

/** Machines of the time before become resources: their capacity is counted, their use begins when it began. */
@Injectable()
export class MachineIntake {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly allocation: AllocationService,
    private readonly counters: Counters,
    private readonly resources: ResourcesService,
    private readonly pricing: PricingService,
    private readonly codes: CodeSequence,
  ) {}

  /** Today's price of each, in their order; null = it has none, which is a gap and never nothing. */
  async pricesOf(items: readonly MachineItem[]): Promise<(bigint | null)[]> {
    if (items.length === 0) return [];
    const quotes = await this.pricing.quotes(
      items.map(({ content: { architecture, vcpu, memoryMib, diskGib, storageTier, centerId } }) => ({
        ...{ architecture, vcpu, memoryMib, centerId },
        disk: { tier: storageTier, gib: diskGib },
      })),
    );
    return quotes.map((quote) => (quote.ok ? quote.value.monthly : null));
  }

  /** What each will be called, in their order. */
  async codesFor(items: readonly MachineItem[], now: Date): Promise<string[]> {
    return items.length === 0 ? [] : this.codes.take('VM', accountingYear(now), items.length);
  }

  /** What stands against it now: nobody pays, no price, an object that is a resource already, a pool that has less left than already runs. */
  async objections(
    tx: Tx,
    items: readonly MachineItem[],
    owners: ItemOwners,
    prices: readonly (bigint | null)[],
  ): Promise<Refusal[]> {
    const wrong = [
      ...items.filter((item) => !owners.get(item.systemId)?.projectId).map(withoutProject),
      ...items.filter((_, at) => prices[at] === null).map(withoutPrice),
      ...(await this.objectsTaken(tx, items)),
    ];
    return wrong.length > 0 ? wrong.slice(0, REFUSALS_MAX) : this.poolShortages(tx, items);
  }

  /** Writes claims, resources and their lifecycle records; `takeLast` moves the counters, also by what `others` take. */
  async takeIn(
    tx: Tx,
    batch: IntakeBatchRow,
    items: readonly MachineItem[],
    owners: ItemOwners,
    entries: readonly BookEntry[],
    actorName: string,
    others: readonly Taker[],
  ): Promise<{ became: Became[]; takeLast: () => Promise<void> }> {
    const act = { now: tx.now, actorName, newId };
    const made = items.map((item, at) =>
      takenMachine(batch, item, owners.get(item.systemId) as MachineOwner, entries[at] as BookEntry, act),
    );
    await this.resources.takeOver(
      tx,
      made.map((one) => one.resource),
      made.flatMap((one) => one.events),
    );
    const { takeLast } = await this.allocation.takeOver(
      tx,
      made.map((one) => one.claim),
      {
        others,
        poolsNowhere: new Set(items.flatMap(({ content }) => (content.centerId === null ? [content.poolId] : []))),
      },
    );
    for (const one of made) tx.changed('resource', one.resource.id);
    return {
      became: made.map((one, at) => ({ itemId: items[at]?.id as string, becameId: one.resource.id })),
      takeLast,
    };
  }

  private async objectsTaken(tx: Tx, items: readonly MachineItem[]): Promise<Refusal[]> {
    const taken = await this.resources.objectsAmong(objectsOf(items.map((item) => item.content)), tx);
    return items.flatMap((item): Refusal[] => {
      const key = objectKey(item.content);
      const code = key === null ? undefined : taken.get(key);
      return code === undefined ? [] : [objectTaken(item, code)];
    });
  }

  private async poolShortages(tx: Tx, items: readonly MachineItem[]): Promise<Refusal[]> {
    const byPool = Map.groupBy(items, (item) => item.content.poolId);
    const rows = await this.counters.read<PoolMeterName>('POOL', [...byPool.keys()], tx.manager);
    const pools = await this.facilities.poolsWithin(tx, [...byPool.keys()]);
    return [...byPool].flatMap(([poolId, machines], at) => {
      const asked = machines.reduce((sum, item) => plus(sum, amountsOf(item.content, 1)), NOTHING);
      return rows
        .filter((row) => row.subjectId === poolId && row.limit - row.live < asked[row.meter])
        .map((row): Refusal => {
          const free = row.limit - row.live;
          const pool = pools[at];
          return {
            code: 'CAPACITY_SHORTAGE',
            path: [],
            criterion: 'P7',
            centerId: pool?.centerId ?? null,
            poolId,
            meter: publicMeter(row.meter),
            requested: asked[row.meter],
            free,
            short: asked[row.meter] - free,
            message: say(
              `资源池 ${pool?.code ?? poolId} 的 ${row.meter} 可承诺量不足：已在运行 ${asked[row.meter]}，剩余 ${free}。请先调整资源池的可承诺量`,
              `Pool ${pool?.code ?? poolId} has ${free} of ${row.meter} left to promise, but ${asked[row.meter]} run already; raise what the pool promises first`,
            ),
          };
        });
    });
  }
}

/** The objects that these machines are in clusters of ours. */
export function objectsOf(contents: readonly MachineItem['content'][]) {
  return contents.flatMap(({ centerId, object }) => (centerId !== null && object ? [{ centerId, ...object }] : []));
}

function at(item: MachineItem, field: string) {
  return ['items', String(item.position), field];
}

function withoutProject(item: MachineItem): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: at(item, 'systemId'),
    message: say(
      `“${item.name}”所属系统当前没有立项项目支撑，请先登记项目`,
      `The system of "${item.name}" has no project that pays for it today; register one first`,
    ),
  };
}

function withoutPrice(item: MachineItem): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: at(item, 'poolId'),
    rule: 'price',
    message: say(
      `“${item.name}”今天没有适用的计费标准，不能按零计费；请先登记价格`,
      `Nothing says what "${item.name}" costs today, and it does not cost nothing; enter its price first`,
    ),
  };
}

function objectTaken(item: MachineItem, code: string): Refusal {
  const { object } = item.content;
  const name = `${object?.namespace}/${object?.name}`;
  return {
    code: 'INVALID_INPUT',
    path: at(item, 'objectName'),
    rule: 'taken',
    message: say(`集群对象 ${name} 已是资源 ${code}`, `Object ${name} is resource ${code} already`),
  };
}
