/** Decides which free servers a line may have, or which of criteria B1 to B4, B7 and B8 of PLACEMENT.md refuses it and by how much. */
import {
  distanceTo,
  type Near,
  NOTHING_NEAR,
  toldDistances,
  type Whereabouts,
} from '../../cabinets/domain/nearness.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { byRank } from '../../servers/domain/ranking.js';
import { isOpen } from './dr-shares.js';
import type { CenterFacts, Check } from './placement-facts.js';

/** A server that nobody has, or that only the request itself holds. */
export interface FreeServer {
  readonly id: string;
  readonly centerId: string;
  readonly architecture: string;
  readonly cpuMaker: string;
  readonly cores: number;
  readonly memoryMib: number;
  readonly assetNumber: string;
  /** Where it will need an address; null = it stands in no cabinet, or has one. Left out = nobody asks. */
  readonly addressZone?: string | null;
  /** A running maintenance window takes the cabinet that it stands in, or its row or room. */
  readonly inMaintenance?: boolean;
  /** The cabinet that it stands in; left out = none. */
  readonly at?: Whereabouts;
  readonly accelerators: readonly { readonly name: string; readonly count: number }[];
}

export interface ServerDemand {
  readonly count: number;
  readonly centerId: string;
  readonly share: 'MAIN' | 'RECOVERY';
  readonly architecture: string;
  readonly cpuMaker: string;
  readonly cores: number;
  readonly memoryMib: number;
  readonly accelerator: { readonly name: string; readonly countMin: number } | null;
}

export interface ServerVerdict {
  readonly checks: readonly Check[];
  /** null = it fits. */
  readonly shortage: { readonly criterion: string; readonly requested: number; readonly free: number } | null;
  /** Such that would serve now, the smallest sufficient first; empty where it does not fit. */
  readonly serverIds: readonly string[];
  /** How many there are to choose from. */
  readonly choices: number;
}

/**
 * In the order of the demands. All fit, or what is refused says so; what fits alone may be refused beside the others (B4).
 * `given` are servers that were chosen already, of demands that say how they stand to others (B9): they take first.
 */
export function placeServers(
  demands: readonly ServerDemand[],
  centers: readonly CenterFacts[],
  free: readonly FreeServer[],
  near: Near = NOTHING_NEAR,
  given: readonly (readonly string[] | undefined)[] = [],
): ServerVerdict[] {
  const judged = demands.map((demand) => judge(demand, centers, free, near));
  const chosen = new Set(given.flatMap((ids) => ids ?? []));
  const left = new Set(free.flatMap(({ id }) => (chosen.has(id) ? [] : id)));
  const verdicts = new Map<number, ServerVerdict>();
  for (const at of takingOrder(judged.map(({ suitable }) => suitable.length))) {
    const { checks, shortage, suitable } = judged[at] as Judged;
    const { count } = demands[at] as ServerDemand;
    const own = given[at];
    const mayTake = ({ id }: FreeServer): boolean => (own ? own.includes(id) : left.has(id));
    const mine = shortage ? [] : suitable.filter(mayTake).slice(0, count);
    const together = shortage !== null || mine.length === count;
    if (together) for (const server of mine) left.delete(server.id);
    verdicts.set(at, {
      checks: shortage ? checks : [...checks, b4(together, count, mine.length), ...(together ? b8(mine, near) : [])],
      shortage: together ? shortage : { criterion: 'B4', requested: count, free: mine.length },
      serverIds: together ? mine.map((server) => server.id) : [],
      choices: suitable.length,
    });
  }
  return demands.map((_, at) => verdicts.get(at) as ServerVerdict);
}

/** B5: whoever has the fewest to choose from takes first; holding goes by the same order. */
export function takingOrder(suitable: readonly number[]): number[] {
  return suitable.map((_, at) => at).toSorted((a, b) => (suitable[a] as number) - (suitable[b] as number) || a - b);
}

/** All that would do, the best first; none where the demand is refused by itself. */
export function suitableServers(
  demand: ServerDemand,
  centers: readonly CenterFacts[],
  free: readonly FreeServer[],
  near: Near = NOTHING_NEAR,
): readonly FreeServer[] {
  return judge(demand, centers, free, near).suitable;
}

interface Judged {
  readonly checks: readonly Check[];
  readonly shortage: ServerVerdict['shortage'];
  /** The smallest sufficient first: the big ones stay for who needs them. */
  readonly suitable: readonly FreeServer[];
}

function judge(demand: ServerDemand, centers: readonly CenterFacts[], free: readonly FreeServer[], near: Near): Judged {
  const checks: Check[] = [];
  const check = (criterion: string, text: Bilingual, passed: boolean, figures: Bilingual | null): boolean => {
    checks.push({ criterion, text, passed, figures });
    return passed;
  };
  const refused = (criterion: string, found: number): Judged => ({
    checks,
    shortage: { criterion, requested: demand.count, free: found },
    suitable: [],
  });
  const center = centers.find((one) => one.centerId === demand.centerId);
  const name = center ? say(center.name, center.name) : null;
  if (!check('B1', say('数据中心在用', 'The center is in service'), center !== undefined && isOpen(center), name))
    return refused('B1', 0);
  if (
    !check(
      'B2',
      say('中心的角色与份额相符', "The center's role is that of the share"),
      (center?.role === 'RECOVERY') === (demand.share === 'RECOVERY'),
      name,
    )
  )
    return refused('B2', 0);
  const suitable = free.filter((server) => suits(server, demand)).toSorted(byRank(near));
  if (
    !check(
      'B3',
      say('该中心有足够的同类空闲服务器', 'The center has enough free servers of that class'),
      suitable.length >= demand.count,
      say(`需 ${demand.count} 台，空闲 ${suitable.length} 台`, `${demand.count} asked, ${suitable.length} free`),
    )
  )
    return refused('B3', suitable.length);
  const open = suitable.filter((server) => !server.inMaintenance);
  const away = suitable.length - open.length;
  if (
    away > 0 &&
    !check(
      'B7',
      say('所在机房、列或机柜不在维护', 'No maintenance window takes the room, row or cabinet that they stand in'),
      open.length >= demand.count,
      say(
        `需 ${demand.count} 台，空闲 ${suitable.length} 台中 ${away} 台所在处正在维护，可用 ${open.length} 台`,
        `${demand.count} asked; of ${suitable.length} free ${away} stand where maintenance runs, ${open.length} to choose from`,
      ),
    )
  )
    return refused('B7', open.length);
  return { checks, shortage: null, suitable: open };
}

export function suits(server: FreeServer, demand: Omit<ServerDemand, 'count' | 'share'>): boolean {
  const { accelerator } = demand;
  return (
    server.centerId === demand.centerId &&
    server.architecture === demand.architecture &&
    server.cpuMaker === demand.cpuMaker &&
    server.cores >= demand.cores &&
    server.memoryMib >= demand.memoryMib &&
    (accelerator === null ||
      server.accelerators.some((has) => has.name === accelerator.name && has.count >= accelerator.countMin))
  );
}

/** Told, never refused: only of equals the nearer is taken. */
function b8(taken: readonly FreeServer[], near: Near): Check[] {
  if (near.roomIds.length === 0) return [];
  const figures = toldDistances(taken.map(({ at }) => distanceTo(at, near)));
  return [
    { criterion: 'B8', text: say('与本系统已有资源的远近', 'How near to what the system has'), passed: true, figures },
  ];
}

function b4(passed: boolean, requested: number, free: number): Check {
  return {
    criterion: 'B4',
    text: say('各明细合起来够分', 'All lines together have enough'),
    passed,
    figures: passed ? null : say(`需 ${requested} 台，余 ${free} 台`, `${requested} asked, ${free} left`),
  };
}
