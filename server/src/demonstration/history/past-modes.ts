import { type Amounts, amountsOf, type MachineSize, minus } from '../../allocation/domain/capacity.js';
import { type PlacedShare, type SharePrice, type Standing, sizesOf } from '../../allocation/domain/dr-shares.js';
import { say } from '../../kernel/bilingual.js';
import { accountingYear, calendarDate } from '../../kernel/calendar.js';
import type { RequestLineRow } from '../../requests/requests.types.js';
import { macAddressOf, objectNameOf } from '../../resources/domain/identity-of-machine.js';
import type { PastResource, PastResourceEvent } from '../../resources/resources.types.js';
import type { GovernmentSystem } from '../../systems/domain/system.js';
import { Seeded } from '../seeded.js';
import type { History } from './history.js';
import { daysLater, minutesLater } from './past-calendar.js';
import type { PastAsker, PastFacts } from './past-facts.js';
import { codeOf, type LivingClaim } from './past-machines.js';

/** Every so-and-so-many systems one that was put on record as dual-active, and was asked for before anybody could be granted that. */
const ONE_OF_OLD = 10;
/** So much of a pool of the recovery center the past may take: today's requests find room, too. */
const ROOM_PERCENT = 60;
/** The recovery center opened so long ago: what runs longer has been carried there since. */
const OPENED_DAYS = 40;
const SIDE = /-[ab]$/;
const PERCENT = 100;

/** What was put on record as dual-active, and never granted as that. */
export function isOld(facts: PastFacts, systemId: string): boolean {
  const at = facts.askers.findIndex(({ system }) => system.id === systemId);
  return at % ONE_OF_OLD === ONE_OF_OLD - 1;
}

/** Of a dual-active system each pair of lines, one a center, was granted as one line with a share in either. */
export function withTwins(history: History, facts: PastFacts): History {
  const requests = new Map(history.requests.map((request) => [request.id, request]));
  const isDual = new Set(
    facts.askers
      .filter(({ system }) => system.localMode === 'DUAL_ACTIVE' && !isOld(facts, system.id))
      .map(({ system }) => system.id),
  );
  const mainOf = new Map<string, { readonly lineId: string; readonly share: 'MAIN_A' | 'MAIN_B' }>();
  const lines = [...Map.groupBy(history.lines, ({ requestId }) => requestId)].flatMap(([requestId, own]) => {
    if (!isDual.has(requests.get(requestId)?.systemId ?? '')) return own;
    const pairs = Map.groupBy(own, ({ name }) => name.replace(SIDE, ''));
    return [...pairs].flatMap(([name, pair], position) => {
      const [a, b] = pair;
      if (!a || !b) return pair;
      mainOf.set(a.id, { lineId: a.id, share: 'MAIN_A' }).set(b.id, { lineId: a.id, share: 'MAIN_B' });
      return [{ ...a, ...sumOf(a, b), name, position, localMode: 'DUAL_ACTIVE' as const, centerId: null }];
    });
  });
  return {
    ...history,
    lines,
    claims: history.claims.map((claim) => ({ ...claim, ...mainOf.get(claim.lineId) })),
    resources: history.resources.map((one) => ({ ...one, lineId: mainOf.get(one.lineId)?.lineId ?? one.lineId })),
  };
}

function sumOf(a: RequestLineRow, b: RequestLineRow): Pick<RequestLineRow, 'monthlyFen' | 'shares'> {
  const named = (line: RequestLineRow, share: 'MAIN_A' | 'MAIN_B') => line.shares.map((one) => ({ ...one, share }));
  return {
    monthlyFen: a.monthlyFen === null || b.monthlyFen === null ? null : a.monthlyFen + b.monthlyFen,
    shares: [...named(a, 'MAIN_A'), ...named(b, 'MAIN_B')],
  };
}

/** What stands in the recovery center by now: of every line whose system is to have it there, and that does not wait for it. */
export function withRecovery(
  history: History,
  facts: PastFacts,
  { seed, until }: { seed: number; until: Date },
): History {
  return new RecoveryMaker(history, facts, seed, until).make();
}

interface Kept {
  readonly line: RequestLineRow;
  readonly claims: readonly LivingClaim[];
  readonly machines: readonly { readonly resource: PastResource; readonly events: readonly PastResourceEvent[] }[];
}

class RecoveryMaker {
  private readonly seeded: Seeded;
  private readonly room: Map<string, Amounts>;
  private readonly numbers: Map<number, number>;
  private readonly addresses: Set<string>;
  private readonly centerId: string | undefined;

  constructor(
    private readonly history: History,
    private readonly facts: PastFacts,
    seed: number,
    private readonly until: Date,
  ) {
    this.seeded = new Seeded(seed + 1);
    this.centerId = facts.place.centers.find(({ role }) => role === 'RECOVERY')?.centerId;
    this.room = new Map(
      facts.place.pools
        .filter(({ centerId }) => centerId === this.centerId)
        .map(({ free, poolId }) => [poolId, partOf(free)]),
    );
    this.numbers = new Map(
      history.codes.flatMap(({ count, prefix, year }) => (prefix === 'VM' ? [[year, count] as const] : [])),
    );
    this.addresses = new Set(history.resources.map(({ macAddress }) => macAddress));
  }

  make(): History {
    const { claims, events, lines, requests, resources } = this.history;
    const askers = new Map(this.facts.askers.map((asker) => [asker.system.id, asker]));
    const askerOf = new Map(requests.map(({ id, systemId }) => [id, askers.get(systemId)]));
    const live = Map.groupBy(
      resources.filter(({ state }) => state === 'IN_USE'),
      ({ lineId }) => lineId,
    );
    const kept = new Map(
      lines.flatMap((line) => {
        const one = this.keep(line, askerOf.get(line.requestId), live.get(line.id) ?? []);
        return one ? [[line.id, one] as const] : [];
      }),
    );
    const made = [...kept.values()].flatMap(({ machines }) => machines);
    return {
      ...this.history,
      lines: lines.map((line) => kept.get(line.id)?.line ?? line),
      claims: [...claims, ...[...kept.values()].flatMap((one) => one.claims)],
      resources: [...resources, ...made.map(({ resource }) => resource)],
      events: [...events, ...made.flatMap((one) => one.events)],
      codes: [
        ...this.history.codes.filter(({ prefix }) => prefix !== 'VM'),
        ...[...this.numbers].map(([year, count]) => ({ prefix: 'VM', year, count })),
      ],
    };
  }

  private keep(
    line: RequestLineRow,
    asker: PastAsker | undefined,
    machines: readonly PastResource[],
  ): Kept | undefined {
    const mode = asker?.system.remoteMode ?? 'NONE';
    if (!asker || this.centerId === undefined || mode === 'NONE' || isOld(this.facts, asker.system.id))
      return undefined;
    // Of what runs twice one side is carried; what is owed waits.
    const side = [...Map.groupBy(machines, ({ centerId }) => centerId).values()].toSorted(
      (a, b) => b.length - a.length,
    )[0];
    if (!side || line.shares.some(({ owed }) => owed)) return undefined;
    const standing: Standing = mode === 'DATA' ? 'DATA' : 'STANDBY';
    const sizes = this.sizes(line, side, standing);
    const poolId = this.poolFor(line, asker.system, sizes);
    if (poolId === undefined) return undefined;
    return standing === 'DATA' ? this.carry(line, side, sizes, poolId) : this.standBy(line, side, sizes, poolId);
  }

  private sizes(line: RequestLineRow, side: readonly PastResource[], standing: Standing): MachineSize[] {
    const offer = this.facts.offers.find(({ id }) => id === line.offerId);
    return side.map(({ diskGib, memoryMib, storageTier, vcpu }) => {
      const full = { vcpu, memoryMib, diskGib, storageTier };
      return sizesOf({ standing, count: 1 }, full, offer?.standbyRatioPercent ?? PERCENT)[0]?.size ?? full;
    });
  }

  private poolFor(line: RequestLineRow, system: GovernmentSystem, sizes: readonly MachineSize[]): string | undefined {
    const { architecture } = this.facts.offers.find(({ id }) => id === line.offerId) ?? {};
    const pool = this.facts.place.pools.find(
      ({ architecture: is, centerId, kind, poolId, protectionLevelMax, zone }) =>
        centerId === this.centerId &&
        kind === 'DRIVEN' &&
        is === architecture &&
        zone === line.zone &&
        protectionLevelMax >= system.protectionLevel &&
        Object.values(this.left(poolId, sizes)).every((amount) => amount >= 0),
    );
    if (pool) this.room.set(pool.poolId, this.left(pool.poolId, sizes));
    return pool?.poolId;
  }

  private left(poolId: string, sizes: readonly MachineSize[]): Amounts {
    const all = this.room.get(poolId);
    if (!all) throw new RangeError(`the recovery center has no pool ${poolId}`);
    return sizes.reduce((left, size) => minus(left, amountsOf(size, 1)), all);
  }

  private carry(
    line: RequestLineRow,
    side: readonly PastResource[],
    sizes: readonly MachineSize[],
    poolId: string,
  ): Kept {
    const claims = side.map((main, n) => this.claimOf(main, sizes[n] as MachineSize, poolId, 'DATA'));
    return { line: this.shared(line, 'DATA', poolId, sizes, null), claims, machines: [] };
  }

  private standBy(
    line: RequestLineRow,
    side: readonly PastResource[],
    sizes: readonly MachineSize[],
    poolId: string,
  ): Kept {
    const claims = side.map((main, n) => this.claimOf(main, sizes[n] as MachineSize, poolId, 'STANDBY'));
    const fen = sizes.map((size, n) => this.fenOf(side[n] as PastResource, size));
    const machines = side.map((main, n) => this.machineOf(line, main, claims[n] as LivingClaim, fen[n] ?? 0n, n + 1));
    return { line: this.shared(line, 'STANDBY', poolId, sizes, fen), claims, machines };
  }

  private shared(
    line: RequestLineRow,
    standing: 'DATA' | 'STANDBY',
    poolId: string,
    sizes: readonly MachineSize[],
    fen: readonly (bigint | null)[] | null,
  ): RequestLineRow {
    const each = (fen ?? []).flatMap((one) => one ?? []);
    const known = fen !== null && each.length === sizes.length;
    const prices = new Map<string, SharePrice>();
    if (known)
      for (const [at, { memoryMib, vcpu }] of sizes.entries())
        prices.set(`${vcpu}/${memoryMib}`, { vcpu, memoryMib, eachFen: String(each[at]) });
    const share: PlacedShare = {
      ...{ share: 'RECOVERY', standing, centerId: this.centerId ?? null, owed: false, count: sizes.length },
      pools: [{ poolId, count: sizes.length }],
      monthlyFen: known ? String(each.reduce((sum, one) => sum + one, 0n)) : null,
      prices: [...prices.values()],
    };
    return { ...line, remoteMode: standing === 'DATA' ? 'DATA' : 'APPLICATION', shares: [...line.shares, share] };
  }

  private claimOf(main: PastResource, size: MachineSize, poolId: string, standing: 'DATA' | 'STANDBY'): LivingClaim {
    const at = this.sinceOf(main);
    return {
      ...{ claimId: this.seeded.idAt(at.getTime()), requestId: main.requestId ?? '', lineId: main.lineId, poolId },
      ...{ share: 'RECOVERY', standing, departmentId: main.departmentId },
      // Where nothing was counted before quotas are, nothing is given back either.
      quotaIds: [],
      ...size,
      ...{ state: 'ALLOCATED', createdAt: at, expiresAt: null, allocatedAt: at, releasedAt: null },
    };
  }

  private machineOf(
    line: RequestLineRow,
    main: PastResource,
    claim: LivingClaim,
    monthlyFen: bigint,
    number: number,
  ): Kept['machines'][number] {
    const at = this.sinceOf(main);
    const id = this.freshId(at);
    const year = accountingYear(at);
    this.numbers.set(year, (this.numbers.get(year) ?? 0) + 1);
    const code = codeOf('VM', year, this.numbers.get(year) ?? 0);
    const name = `${line.name}-r`;
    const deliveredAt = minutesLater(at, 5);
    const text = say('已就绪，灾备待命（关机）', 'Ready, halted as a standby');
    const { diskGib, memoryMib, storageTier, vcpu } = main;
    const resource: PastResource = {
      ...main,
      ...{ id, code, name: `${name}-${number}`, objectName: objectNameOf(name, number, code) },
      ...{ centerId: this.centerId as string, poolId: claim.poolId, claimId: claim.claimId, standby: true },
      ...{ firmwareUuid: this.seeded.idAt(at.getTime()), macAddress: macAddressOf(id), monthlyFen },
      ...{ state: 'IN_USE', power: 'STOPPED', statusText: text, nodeName: null, addresses: [], conditions: [] },
      ...{ generation: 1, observedGeneration: 1, version: 2, observedAt: deliveredAt, createdAt: at, deliveredAt },
      ...{ releasedAt: null, life: { temporaryUntil: null, reviewFrom: deliveredAt, reviewStage: 'NONE' } },
    };
    const size = { vcpu, memoryMib, diskGib, storageTier };
    const event = (when: Date, kind: string, actorName: string, of: MachineSize | null): PastResourceEvent => ({
      ...{ id: this.seeded.idAt(when.getTime()), resourceId: id, at: when, kind, text, actorName, size: of },
    });
    const allocated = {
      ...event(at, 'ALLOCATED', '集云', size),
      text: say('异地灾备中心已投用，补建灾备待命机', 'The recovery center is open: its standby is made'),
    };
    return { resource, events: [allocated, event(deliveredAt, 'IN_USE', 'Kubernetes', null)] };
  }

  /** From its delivery on, and never before the recovery center opened. */
  private sinceOf({ createdAt, deliveredAt }: PastResource): Date {
    const opened = daysLater(this.until, -OPENED_DAYS);
    const since = deliveredAt ?? createdAt;
    return new Date(Math.max(since.getTime(), opened.getTime()));
  }

  private fenOf(main: PastResource, { diskGib, memoryMib, storageTier, vcpu }: MachineSize): bigint | null {
    const disk = { tier: storageTier, gib: diskGib };
    const machine = { architecture: main.architecture, vcpu, memoryMib, disk };
    return this.facts.monthlyFen(machine, this.centerId ?? '', calendarDate(this.sinceOf(main)));
  }

  private freshId(at: Date): string {
    for (;;) {
      const id = this.seeded.idAt(at.getTime());
      const address = macAddressOf(id);
      if (this.addresses.has(address)) continue;
      this.addresses.add(address);
      return id;
    }
  }
}

function partOf(amounts: Amounts): Amounts {
  const part = Object.entries(amounts).map(([key, amount]) => [
    key,
    Math.floor(((amount ?? 0) * ROOM_PERCENT) / PERCENT),
  ]);
  return { ...amounts, ...Object.fromEntries(part) };
}
