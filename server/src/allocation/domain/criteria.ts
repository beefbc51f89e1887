/** Decides every criterion of PLACEMENT.md that a line meets or fails by itself, in one center or in whichever suits. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { amountsOf, machinesThatFit, storageMeter } from './capacity.js';
import { keptForLoss } from './loss-headroom.js';
import type {
  AddressRoom,
  CenterFacts,
  Check,
  LineDemand,
  LineVerdict,
  PlacementFacts,
  PoolFacts,
} from './placement-facts.js';
import { isAsked, nearestNode, POOL_FILTERS } from './pool-filters.js';
import { PLACEMENT_POLICY, type PlacementPolicy } from './scores.js';

/** Pools of one kind in one center where the line could go, alone. */
export interface Option {
  readonly centerId: string;
  /** Pools of an option are of one kind: a line's machines are made by one hand (C6). */
  readonly kind: PoolFacts['kind'];
  readonly checks: readonly Check[];
  readonly pools: readonly PoolFacts[];
  /** Pools of the center that a criterion left out. */
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly pool: PoolFacts;
  readonly refusedBy: string;
}

export interface JudgedLine {
  readonly line: LineDemand;
  /** Where it names no center, one for each that would do. */
  readonly options: readonly Option[];
  /** null = every criterion that a line meets alone was passed. */
  readonly verdict: LineVerdict | null;
}

export function bare(line: LineDemand): Pick<LineVerdict, 'index' | 'centerId' | 'shares' | 'candidates' | 'shortage'> {
  return { index: line.index, centerId: line.centerId, shares: [], candidates: [], shortage: null };
}

export function judgeLine(
  line: LineDemand,
  facts: PlacementFacts,
  policy: PlacementPolicy = PLACEMENT_POLICY,
): JudgedLine {
  const centers =
    line.centerId === null ? inOrder(facts.centers) : [facts.centers.find((c) => c.centerId === line.centerId)];
  const tried = centers.flatMap((center) =>
    kindsIn(center, facts).map((kind) => judgeIn(center, kind, line, facts, policy)),
  );
  const options = tried.flatMap((one) => one.option ?? []);
  if (options.length > 0) return { line, options, verdict: null };
  // Of centers that all refuse, the one that came furthest says most of what is missing.
  const furthest = tried.reduce<Tried | undefined>(
    (best, one) => (best === undefined || one.checks.length > best.checks.length ? one : best),
    undefined,
  );
  return {
    line,
    options: [],
    verdict: {
      ...bare(line),
      feasible: false,
      checks: furthest?.checks ?? [noCenter()],
      candidates: candidatesLeftOut(tried.flatMap((one) => one.leftOut)),
      shortage: furthest?.shortage ?? null,
      ...(furthest?.addressShortage ? { addressShortage: furthest.addressShortage } : {}),
    },
  };
}

const ROLE_ORDER = ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'];

function inOrder(centers: readonly CenterFacts[]): CenterFacts[] {
  return centers.toSorted(
    (a, b) => ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role) || (a.centerId < b.centerId ? -1 : 1),
  );
}

/** A center without any pool is judged as if it could have had one of ours. */
function kindsIn(center: CenterFacts | undefined, { pools }: PlacementFacts): PoolFacts['kind'][] {
  const kinds = new Set(pools.flatMap((pool) => (pool.centerId === center?.centerId ? [pool.kind] : [])));
  return kinds.has('RECORDED') ? (['DRIVEN', 'RECORDED'] as const).filter((kind) => kinds.has(kind)) : ['DRIVEN'];
}

function noCenter(): Check {
  return { criterion: 'P1', text: say('数据中心在用', 'The center is in service'), passed: false, figures: null };
}

export function candidatesLeftOut(leftOut: readonly LeftOut[]): LineVerdict['candidates'] {
  return leftOut
    .filter(({ refusedBy }) => refusedBy !== 'P5')
    .map(({ pool: { poolId, centerId }, refusedBy }) => ({
      poolId,
      centerId,
      fits: 0,
      taken: 0,
      score: null,
      parts: null,
      refusedBy,
    }));
}

interface Tried {
  readonly checks: readonly Check[];
  readonly leftOut: readonly LeftOut[];
  readonly shortage: LineVerdict['shortage'];
  readonly addressShortage?: LineVerdict['addressShortage'];
  readonly option: Option | null;
}

/** The first criterion that refuses ends it: what follows would only repeat it. */
function judgeIn(
  center: CenterFacts | undefined,
  kind: PoolFacts['kind'],
  line: LineDemand,
  facts: PlacementFacts,
  policy: PlacementPolicy,
): Tried {
  const checks: Check[] = [];
  const leftOut: LeftOut[] = [];
  const check = (criterion: string, text: Bilingual, passed: boolean, figures: Bilingual | null = null): boolean => {
    checks.push({ criterion, text, passed, figures });
    return passed;
  };
  const refused = (shortage: LineVerdict['shortage'] = null): Tried => ({ checks, leftOut, shortage, option: null });
  for (const [criterion, text, passed, figures] of ownCriteria(center, line))
    if (!check(criterion, text, passed, figures)) return refused();
  if (!center) return refused();
  const { centerId } = center;
  let left: readonly PoolFacts[] = facts.pools
    .filter((p) => p.centerId === centerId && p.kind === kind)
    .toSorted(byCode);
  for (const filter of POOL_FILTERS) {
    const before = left;
    left = before.filter((pool) => filter.admits(pool, line));
    for (const pool of before) if (!left.includes(pool)) leftOut.push({ pool, refusedBy: filter.criterion });
    if (!isAsked(filter, line)) continue;
    if (check(filter.criterion, filter.text, left.length > 0, filter.figures(line, before, left))) continue;
    const nearest = filter.criterion === 'P6' ? nearestNode(line, before) : null;
    return refused(nearest && { criterion: 'P6', centerId, ...nearest.lack });
  }
  const pools = left;
  /** Pools that are there and open, and have too little all together. */
  const tooLittle = (criterion: string): void => {
    for (const pool of pools) leftOut.push({ pool, refusedBy: criterion });
  };
  const wanted = amountsOf(line, line.count);
  for (const [criterion, meter, public_, text] of [
    ['P7', 'VCPU', 'VCPU', say('vCPU 够', 'Enough vCPU')],
    ['P8', 'MEMORY_MIB', 'MEMORY_MIB', say('内存够', 'Enough memory')],
    [
      'P9',
      storageMeter(line.storageTier),
      'STORAGE_GIB',
      say(`${line.storageTier} 存储够`, `Enough ${line.storageTier} storage`),
    ],
  ] as const) {
    const free = pools.reduce((sum, p) => sum + p.free[meter], 0);
    const requested = wanted[meter];
    const figures = say(`需 ${requested}，余 ${free}`, `needs ${requested}, ${free} free`);
    if (!check(criterion, text, requested <= free, figures)) {
      tooLittle(criterion);
      return refused({
        criterion,
        centerId,
        poolId: pools.length === 1 ? (pools[0]?.poolId ?? null) : null,
        meter: public_,
        requested,
        free,
        short: requested - free,
      });
    }
  }
  const whole = (criterion: string, text: Bilingual, of: readonly PoolFacts[]): Tried | null => {
    const fits = of.reduce((sum, p) => sum + machinesThatFit(p.free, line), 0);
    const figures = say(`需 ${line.count} 台，可放 ${fits} 台`, `${line.count} asked, ${fits} fit`);
    if (check(criterion, text, fits >= line.count, figures)) return null;
    tooLittle(criterion);
    const { count } = line;
    return refused({
      criterion,
      centerId,
      poolId: null,
      meter: 'MACHINE',
      requested: count,
      free: fits,
      short: count - fits,
    });
  };
  const cut = whole('P10', say('按整台放得下', 'The line fits as whole machines'), pools);
  if (cut) return cut;
  const room = line.takesAddress ? addressRoomOf(line, centerId, facts) : undefined;
  if (room) {
    const { networks, network, family, free } = room;
    const asked = line.ofShare ?? line.count;
    const figures = say(
      `需 ${asked} 个，${networks.join('、')} 余 ${free} 个`,
      `needs ${asked}, ${networks.join(', ')} has ${free}`,
    );
    if (!check('P21', say('网络地址够', 'Enough addresses'), asked <= free, figures)) {
      tooLittle('P21');
      return {
        ...refused(),
        addressShortage: { criterion: 'P21', network, family, requested: asked, free, short: asked - free },
      };
    }
  }
  if (policy.headroom === 'SCORE')
    return { checks, leftOut, shortage: null, option: { centerId, kind, checks, pools, leftOut } };
  const kept = keptForLoss(pools, facts);
  const eaten = whole(
    'P20',
    say('不占用另一中心失效时所需余量', 'It leaves what the other center’s loss would need'),
    kept,
  );
  return eaten ?? { checks, leftOut, shortage: null, option: { centerId, kind, checks, pools: kept, leftOut } };
}

/** undefined = no network is kept there: the cluster gives addresses of its own. */
export function addressRoomOf(
  { zone }: Pick<LineDemand, 'zone'>,
  centerId: string,
  { addressRooms }: Pick<PlacementFacts, 'addressRooms'>,
): AddressRoom | undefined {
  return addressRooms?.find((room) => room.centerId === centerId && room.zone === zone);
}

type OwnCriterion = readonly [criterion: string, text: Bilingual, passed: boolean, figures: Bilingual | null];

/** Of the center and of the line itself, whatever pools there are. */
function ownCriteria(center: CenterFacts | undefined, line: LineDemand): OwnCriterion[] {
  const unpriced = center !== undefined && (line.unpricedCenterIds ?? []).includes(center.centerId);
  return [
    [
      'P1',
      say('数据中心在用', 'The center is in service'),
      center?.life === 'IN_SERVICE' || center?.life === 'TRIAL',
      center ? say(center.name, center.name) : null,
    ],
    [
      'P2',
      say('中心的角色与份额相符', "The center's role is that of the share"),
      (center?.role === 'RECOVERY') === (line.share === 'RECOVERY'),
      center?.role === 'RECOVERY'
        ? say('异地灾备中心只承载灾备份额', 'A recovery center takes recovery shares only')
        : null,
    ],
    [
      'P3',
      say('镜像与规格的处理器架构一致', "The image is built for the offer's architecture"),
      line.imageArchitecture === line.architecture,
      say(
        `规格 ${line.architecture}，镜像 ${line.imageArchitecture}`,
        `offer ${line.architecture}, image ${line.imageArchitecture}`,
      ),
    ],
    [
      'P4',
      say('磁盘不小于镜像要求', 'The disk is big enough for the image'),
      line.diskGib >= line.imageMinimumDiskGib,
      say(
        `${line.diskGib} GiB，至少 ${line.imageMinimumDiskGib} GiB`,
        `${line.diskGib} GiB, at least ${line.imageMinimumDiskGib} GiB`,
      ),
    ],
    [
      'P18',
      say('该中心有计费标准', 'The center has a price for it'),
      !unpriced,
      unpriced ? say('暂无计费标准', 'no price yet') : null,
    ],
  ];
}

function byCode(a: PoolFacts, b: PoolFacts): number {
  return a.code < b.code ? -1 : 1;
}
