/** Decides what is asked of cabinets and servers for each share of a request, and what their answers say of it. */
import type { Whereabouts } from '../../cabinets/domain/nearness.js';
import { unitsOf } from '../../cabinets/domain/units.js';
import type { PlaceWish } from '../../cabinets/domain/wish.js';
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { AddressRoom, Check, Placement, PlacementFacts } from './placement-facts.js';
import type { PlanGround } from './plan-lines.js';
import {
  type ChosenShare,
  checkRefusal,
  type LineWish,
  noRoom,
  type PlannedShare,
  pathOf,
  placedOf,
  type SharedDemand,
  type WishedThing,
} from './request-plan.js';
import { zoneOf } from './scores.js';
import { type FreeServer, placeServers, type ServerDemand } from './server-placement.js';

type ServerThing = Extract<WishedThing, { kind: 'SERVER' }>;
export type CabinetThing = Extract<WishedThing, { kind: 'CABINET' }>;

/** Where the key of the share stands in the path of a wish, so that what is refused is found again. */
export const SHARE_AT_PATH = 3;

/** The refusal of a place as the line's own. */
export function atItsLine(refusal: Refusal): Refusal {
  return { ...refusal, path: refusal.path.slice(0, SHARE_AT_PATH) };
}

/** One wish for each place of a share. */
export function placeWishes(
  wish: Pick<LineWish, 'index'>,
  thing: CabinetThing,
  share: Pick<ChosenShare, 'centerId' | 'count'>,
  { departmentId, requestId, near }: PlanGround['asker'],
  key: string,
  more: Partial<PlaceWish> = {},
): PlaceWish[] {
  const { zone, heightHalfUnits, powerW, weightGrams, whole, apart } = thing;
  const choice = { centerId: share.centerId ?? '', zone, ...(whole ? { heightUnits: unitsOf(heightHalfUnits) } : {}) };
  return Array.from({ length: share.count }, () => ({
    where: { among: choice },
    heightHalfUnits,
    powerW,
    weightGrams,
    label: '申请占用',
    kind: 'REQUEST',
    state: 'HELD',
    departmentId,
    subjectId: requestId,
    ...(whole ? { whole } : {}),
    ...(near ? { near } : {}),
    ...(apart ? { apart: `${wish.index} ${share.centerId}` } : {}),
    path: [...pathOf(wish.index), key],
    ...more,
  }));
}

/** Shares of servers, by their key. */
export function serverShares(
  wishes: readonly LineWish[],
  chosen: readonly (readonly ChosenShare[])[],
  { centers, near }: PlacementFacts,
  free: readonly FreeServer[],
  left: Map<string, AddressRoom> = new Map(),
  given: GivenPlaces = new Map(),
): Map<string, PlannedShare> {
  const zones = new Map(free.map(({ id, addressZone }) => [id, addressZone ?? null]));
  const asked = serverDemands(wishes, chosen);
  const verdicts = placeServers(
    asked.map((one) => one.demand),
    centers,
    free,
    near,
    asked.map(({ key }) => given.get(key)?.things.map(({ id }) => id)),
  );
  return new Map(
    asked.map(({ key, line, share, demand }, at) => {
      const verdict = verdicts[at];
      const failed = verdict?.checks.find((check) => !check.passed);
      const refusal: Refusal | null =
        verdict?.shortage && failed
          ? {
              code: 'CAPACITY_SHORTAGE',
              path: pathOf(line),
              message: noRoom(failed),
              criterion: verdict.shortage.criterion,
              centerId: demand.centerId,
              poolId: null,
              meter: 'SERVER',
              requested: verdict.shortage.requested,
              free: verdict.shortage.free,
              short: verdict.shortage.requested - verdict.shortage.free,
            }
          : null;
      const { checks = [], choices = 0, serverIds = [] } = verdict ?? {};
      const answering = addressed(
        serverIds.map((id) => zones.get(id) ?? null),
        left,
        line,
      );
      return [
        key,
        {
          ...placedOf(share),
          feasible: (refusal ?? answering.refusal) === null,
          checks: [...checks, ...relatedCheck('B9', given.get(key)), ...answering.checks],
          choices,
          serverIds,
          // In the order of the servers, which is that of their rank.
          ...cabinetsOf(inOrderOf(serverIds, given.get(key))),
          addresses: answering.addresses,
          refusal: refusal ?? answering.refusal,
        },
      ];
    }),
  );
}

export function serverDemands(wishes: readonly LineWish[], chosen: readonly (readonly ChosenShare[])[]) {
  return wishes.flatMap((wish, at) => {
    const { thing } = wish;
    if (thing.kind !== 'SERVER') return [];
    return (chosen[at] ?? []).flatMap((share, n) =>
      share.owed || share.centerId === null
        ? []
        : [{ key: `${wish.index}/${n}`, line: wish.index, share, demand: demandOf(thing, share, share.centerId) }],
    );
  });
}

function demandOf(
  { kind: _, relations: _relations, ...criteria }: ServerThing,
  share: ChosenShare,
  centerId: string,
): ServerDemand {
  return { ...criteria, centerId, count: share.count, share: share.share === 'RECOVERY' ? 'RECOVERY' : 'MAIN' };
}

/** By the key of a share: what it gets because of what lines say of each other. */
export type GivenPlaces = ReadonlyMap<string, Given>;

export interface Given {
  /** In which order shares were taken: places that fit one after another need not fit in another order. */
  readonly turn: number;
  readonly things: readonly GivenThing[];
}

interface GivenThing {
  readonly id: string;
  /** Where it stands. */
  readonly at: Whereabouts;
}

const RELATED = say('与其他明细分开或同处', 'Apart from, or beside, other lines as it says');

export function relatedCheck(criterion: 'B9' | 'K12', given: Given | undefined): Check[] {
  if (!given) return [];
  const cabinets = new Set(given.things.map(({ at }) => at.cabinetId));
  const rooms = new Set(given.things.map(({ at }) => at.roomId));
  const figures = say(
    `在 ${rooms.size} 个机房的 ${cabinets.size} 个机柜`,
    `in ${cabinets.size} cabinets of ${rooms.size} rooms`,
  );
  return [{ criterion, text: RELATED, passed: true, figures }];
}

export function cabinetsOf(given: Given | undefined): Pick<PlannedShare, 'cabinetIds' | 'turn'> {
  return given ? { cabinetIds: given.things.map(({ at }) => at.cabinetId), turn: given.turn } : {};
}

function inOrderOf(ids: readonly string[], given: Given | undefined): Given | undefined {
  if (!given) return undefined;
  const rank = new Map(ids.map((id, at) => [id, at]));
  const things = given.things.toSorted((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
  return { ...given, things };
}

/** @param gaveUp whether there may be a way that the bounded search did not come to (A6). */
export function brokenRelation(
  share: PlannedShare,
  criterion: 'B9' | 'K12',
  line: number,
  gaveUp: boolean,
): PlannedShare {
  const figures = gaveUp
    ? say(
        '不计这些要求时各明细都放得下；要求太多，在限定的次数内没有找到都满足的放法，请减少要求或分成几张申请单',
        'without it all lines fit; no way to keep all of it was found within the bound of the search: ask for less of it, or in several requests',
      )
    : say('不计这些要求时各明细都放得下', 'without it all lines fit');
  const failed: Check = { criterion, text: RELATED, passed: false, figures };
  return {
    ...share,
    feasible: false,
    checks: [...share.checks, failed],
    refusal: checkRefusal(failed, pathOf(line)),
  };
}

/** What the machines that were placed leave of the addresses, by center and zone. */
export function addressesLeft(
  { addressRooms = [] }: PlacementFacts,
  demands: readonly SharedDemand[],
  { lines }: Placement,
): Map<string, AddressRoom> {
  const left = new Map(addressRooms.map((room) => [zoneOf(room), room]));
  for (const [at, { demand }] of demands.entries()) {
    const verdict = lines[at];
    const key = zoneOf({ centerId: verdict?.centerId ?? '', zone: demand.zone });
    const room = left.get(key);
    const placed = (verdict?.shares ?? []).reduce((sum, share) => sum + share.count, 0);
    if (room && demand.takesAddress) left.set(key, { ...room, free: room.free - placed });
  }
  return left;
}

/** B6: an address for each server that stands in a cabinet and has none; what it takes is gone for the next. */
function addressed(
  zones: readonly (string | null)[],
  left: Map<string, AddressRoom>,
  line: number,
): { readonly checks: readonly Check[]; readonly refusal: Refusal | null; readonly addresses: number } {
  let addresses = 0;
  const text = say('服务器所在区域网络地址够', 'Enough addresses in the zone of its cabinet');
  const checks: Check[] = [];
  for (const [key, own] of Map.groupBy(zones, (zone) => zone)) {
    const room = key === null ? undefined : left.get(key);
    if (key === null || !room) continue;
    const { network, networks, family, free } = room;
    const requested = own.length;
    const figures = say(
      `需 ${requested} 个，${networks.join('、')} 余 ${free} 个`,
      `needs ${requested}, ${networks.join(', ')} has ${free}`,
    );
    const check: Check = { criterion: 'B6', text, passed: requested <= free, figures };
    checks.push(check);
    if (!check.passed) {
      const short = requested - free;
      const figuresOf = { network, family, requested, free, short };
      const message = noRoom(check);
      return {
        checks,
        addresses: 0,
        refusal: { ...figuresOf, code: 'ADDRESS_SHORTAGE', criterion: 'B6', path: pathOf(line), message },
      };
    }
    left.set(key, { ...room, free: free - requested });
    addresses += requested;
  }
  return { checks, refusal: null, addresses };
}
