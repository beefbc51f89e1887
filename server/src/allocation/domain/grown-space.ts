/** Decides how places in cabinets that grow where they are stand in a plan: only what they get more is asked for (R6 of PLACEMENT.md). */
import type { GrowWish, SpaceSize } from '../../cabinets/domain/growth.js';
import { unitsOf } from '../../cabinets/domain/units.js';
import type { PlaceWish } from '../../cabinets/domain/wish.js';
import type { NetworkZone } from '../../facilities/domain/facility.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { spaceChecks } from './cabinet-placement.js';
import { isOpen, type ShareName, type Standing } from './dr-shares.js';
import type { CenterFacts, Check } from './placement-facts.js';
import { checkRefusal, type PlannedShare, pathOf } from './request-plan.js';

/** A place that is there and gets another size. */
export interface ResizedPlace {
  /** Of the line of the request. */
  readonly line: number;
  readonly holderId: string;
  readonly share: ShareName;
  readonly standing: Standing;
  readonly centerId: string;
  readonly zone: NetworkZone;
  /** All of a frame: its height is the frame's. */
  readonly whole: boolean;
  readonly from: SpaceSize;
  readonly to: SpaceSize;
  /** false = its cabinet is wholly its department's by more than this place, and has taken the quota. */
  readonly inQuota: boolean;
  /** How much more it costs a month; below zero how much less. null = a price is missing. */
  readonly deltaFen: bigint | null;
}

/** What of it is more; what is less is asked of nobody. */
export function growthOf({ from, to }: Pick<ResizedPlace, 'from' | 'to'>): SpaceSize {
  const more = (of: keyof SpaceSize) => Math.max(0, to[of] - from[of]);
  return {
    heightHalfUnits: more('heightHalfUnits'),
    powerW: more('powerW'),
    weightGrams: more('weightGrams'),
  };
}

export function isGrowing(place: Pick<ResizedPlace, 'from' | 'to'>): boolean {
  const { heightHalfUnits, powerW, weightGrams } = growthOf(place);
  return heightHalfUnits + powerW + weightGrams > 0;
}

export function growWishOf(place: ResizedPlace): GrowWish {
  const { holderId, line } = place;
  return { ...growthOf(place), holderId, label: '变更占用', subjectId: null, heldUntil: null, path: pathOf(line) };
}

/** The whole of it in another cabinet of its center, beside what it has. */
export function wishElsewhere(
  { line, centerId, zone, whole, to }: ResizedPlace,
  { departmentId, requestId }: { readonly departmentId: string; readonly requestId: string | null },
): PlaceWish {
  const frame = whole ? { heightUnits: unitsOf(to.heightHalfUnits) } : {};
  return {
    ...{ ...to, departmentId, subjectId: requestId, label: '变更占用', kind: 'REQUEST', state: 'HELD' },
    where: { among: { centerId, zone, ...frame } },
    path: pathOf(line),
  };
}

/**
 * Of each line the shares whose places stay.
 * @param objections what is in the way of a place's growth, by its holder
 * @param elsewhere holders of which all would find room in another cabinet
 */
export function judgeSpace(
  places: readonly ResizedPlace[],
  objections: ReadonlyMap<string, readonly Refusal[]>,
  elsewhere: ReadonlySet<string>,
  centers: readonly CenterFacts[],
): Map<number, PlannedShare[]> {
  const planned = new Map<number, PlannedShare[]>();
  for (const [line, own] of Map.groupBy(places, (place) => place.line)) {
    const shares = Map.groupBy(own, ({ share, centerId }) => `${share} ${centerId}`);
    planned.set(
      line,
      [...shares.values()].map((some) => shareOf(line, some, objections, elsewhere, centers)),
    );
  }
  return planned;
}

function shareOf(
  line: number,
  places: readonly ResizedPlace[],
  objections: ReadonlyMap<string, readonly Refusal[]>,
  elsewhere: ReadonlySet<string>,
  centers: readonly CenterFacts[],
): PlannedShare {
  const [{ share, standing, centerId }] = places as [ResizedPlace];
  const growing = places.filter(isGrowing);
  const center = centers.find((one) => one.centerId === centerId);
  const shut = growing.length > 0 && !(center && isOpen(center));
  const refused = growing.find(({ holderId }) => objections.has(holderId));
  const refusals = (refused && objections.get(refused.holderId)) ?? [];
  const checks = [
    onlyGrowth(growing),
    ...(shut ? [closed(center?.name ?? centerId)] : growing.length > 0 ? spaceChecks(refusals) : []),
  ];
  const [first] = refusals;
  const told = first && refused ? withElsewhere(first, elsewhere.has(refused.holderId), line) : null;
  return {
    ...{ share, standing, centerId, owed: false, count: places.length, pools: [] },
    ...{ pieces: [], candidates: [], choices: 0 },
    feasible: !shut && refused === undefined,
    checks,
    refusal: shut ? checkRefusal(closed(center?.name ?? centerId), pathOf(line)) : told,
    settled: places.map(({ deltaFen }) => ({ eachFen: deltaFen ?? 0n, count: 1, vcpu: 0, memoryMib: 0 })),
  };
}

function closed(name: string): Check {
  return {
    criterion: 'K1',
    text: say('数据中心在用', 'The center is in service'),
    passed: false,
    figures: say(
      `${name} 未投用或已停用，可缩减、退还，不能扩大`,
      `${name} takes nothing in: less of it, or none, is possible`,
    ),
  };
}

function onlyGrowth(growing: readonly ResizedPlace[]): Check {
  const text = say(
    '变更在原机位进行，只核对增加的部分',
    'It stays in its place, and only what it gets more is asked for',
  );
  return { criterion: 'R6', text, passed: true, figures: growing.length > 0 ? figuresOf(growing) : NOTHING_MORE };
}

const NOTHING_MORE = say('不占用更多机柜空间', 'nothing more is taken');
const GRAMS_PER_KG = 1_000;

function figuresOf(growing: readonly ResizedPlace[]): Bilingual {
  const grown = growing.map(growthOf);
  const sum = (of: keyof SpaceSize) => grown.reduce((total, one) => total + one[of], 0);
  const [units, watts, grams] = [unitsOf(sum('heightHalfUnits')), sum('powerW'), sum('weightGrams')];
  const words = [units > 0 && `+${units} U`, watts > 0 && `+${watts} W`, grams > 0 && `+${grams / GRAMS_PER_KG} kg`]
    .filter(Boolean)
    .join(' ');
  return say(words, words);
}

/** The way out belongs to the refusal: a move is a new place and the old one given back. */
function withElsewhere(refusal: Refusal, fits: boolean, line: number): Refusal {
  const { zh, en } = refusal.message;
  const message = fits
    ? say(
        `${zh}。同中心另有机柜放得下全部：请新申请机位，搬迁后退还原机位`,
        `${en}. Another cabinet of the center has room for all of it: ask for a new place, move, and give the old one back`,
      )
    : say(`${zh}。同中心的其他机柜也放不下全部`, `${en}. No other cabinet of the center has room for all of it`);
  return { ...refusal, path: pathOf(line), message };
}
