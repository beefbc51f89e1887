/** Decides which pools a granted machine may go to that its own cluster does not place: the criteria of placement, its DR mode, its line's relations and its price. */
import { candidatesFor } from '../../allocation/domain/candidates.js';
import type { MachineSize } from '../../allocation/domain/capacity.js';
import { type ChosenDemand, judgeChoice, type Move } from '../../allocation/domain/chosen-places.js';
import { judgeLine } from '../../allocation/domain/criteria.js';
import type { ShareName } from '../../allocation/domain/dr-shares.js';
import type { Candidate, PlacementFacts, PoolFacts } from '../../allocation/domain/placement-facts.js';
import { maySitBeside, type Standing } from '../../allocation/domain/relations.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { CapacityShortage } from '../../kernel/refusal.js';

/** A machine, where it was promised a place, and all that binds it. */
export interface StuckMachine {
  readonly claimId: string;
  readonly poolId: string;
  readonly centerId: string;
  readonly size: MachineSize;
  readonly share: ShareName;
  readonly demand: ChosenDemand;
  /** Where its twin of a dual-active pair stands. */
  readonly twinCenterIds: ReadonlySet<string>;
  /** Where the request's other machines stand. */
  readonly beside: Standing;
  /** Centers in which it would cost otherwise than where it is. */
  readonly costlierCenterIds: ReadonlySet<string>;
}

/** What stands in the way beside the criteria of placement, by a name of its own or the criterion's. */
const OBJECTIONS = {
  /** Its own pool: the counters have room, the nodes have not. */
  NODES: say('其节点放不下，须改放他处', 'Its nodes do not take it: choose another'),
  D3: say('双活的两份各在其中心，不能同处', 'Of a dual-active pair each stands in its own center, never both in one'),
  P17: say('不合明细之间分开或同处的要求', 'It breaks what lines say of each other'),
  PRICE: say('该中心计费标准不同，费用会改变', 'It costs otherwise there'),
} as const satisfies Readonly<Record<string, Bilingual>>;
type Objection = keyof typeof OBJECTIONS;

function objectionTo(pool: PoolFacts, machine: StuckMachine, { centers }: PlacementFacts): Objection | null {
  if (pool.poolId === machine.poolId) return 'NODES';
  const roleOf = (id: string) => centers.find(({ centerId }) => centerId === id)?.role;
  const isTwin = machine.share === 'MAIN_A' || machine.share === 'MAIN_B';
  // D3 gives the one of a pair to the center of role A and the other to that of role B.
  if (isTwin && (machine.twinCenterIds.has(pool.centerId) || roleOf(pool.centerId) !== roleOf(machine.centerId)))
    return 'D3';
  if (!maySitBeside(pool, machine.demand, machine.demand.relations ?? [], machine.beside)) return 'P17';
  return machine.costlierCenterIds.has(pool.centerId) ? 'PRICE' : null;
}

/** A cluster is to make it: what people serve is another way of fulfilment and needs another request. */
function driven(facts: PlacementFacts): PlacementFacts {
  return { ...facts, pools: facts.pools.filter(({ kind }) => kind === 'DRIVEN') };
}

/** Every pool that it could be in, the best first; those that something leaves out come last. `facts` count its own claim as free. */
export function rePlaceCandidates(machine: StuckMachine, facts: PlacementFacts): Candidate[] {
  const those = driven(facts);
  const line = { ...machine.demand, ...machine.size, count: 1, centerId: null };
  const found = candidatesFor(line, those, new Map([[machine.poolId, 1]])).map((candidate): Candidate => {
    const pool = those.pools.find(({ poolId }) => poolId === candidate.poolId);
    const objection =
      pool && (candidate.refusedBy === null || pool.poolId === machine.poolId)
        ? objectionTo(pool, machine, those)
        : null;
    return objection ? { ...candidate, fits: 0, score: null, parts: null, refusedBy: objection } : candidate;
  });
  const told = new Set(found.map(({ poolId }) => poolId));
  const others = those.pools.filter(({ poolId }) => !told.has(poolId)).flatMap((pool) => leftOut(machine, pool, those));
  return [...found.filter(({ refusedBy }) => !refusedBy), ...found.filter(({ refusedBy }) => refusedBy), ...others];
}

/** Of a center that takes it in none of its pools nothing is told beside others that do: here each pool of its kind says why. */
function leftOut(machine: StuckMachine, pool: PoolFacts, facts: PlacementFacts): Candidate[] {
  const { demand, size } = machine;
  if (pool.architecture !== demand.architecture || pool.zone !== demand.zone) return [];
  const { poolId, centerId } = pool;
  const verdict = judgeLine({ ...demand, ...size, count: 1, centerId }, { ...facts, pools: [pool] }).verdict;
  const refusedBy = verdict?.checks.find(({ passed }) => !passed)?.criterion ?? objectionTo(pool, machine, facts);
  return refusedBy ? [{ poolId, centerId, fits: 0, taken: 0, score: null, parts: null, refusedBy }] : [];
}

export type RePlaceVerdict =
  | { readonly fits: true; readonly pool: PoolFacts; readonly moves: readonly Move[] }
  | {
      readonly fits: false;
      readonly text: Bilingual;
      readonly shortage: Omit<CapacityShortage, 'code' | 'path' | 'message'> | null;
    };

export function judgeRePlace(machine: StuckMachine, poolId: string, facts: PlacementFacts): RePlaceVerdict {
  const those = driven(facts);
  const pool = those.pools.find((one) => one.poolId === poolId);
  const refused = (text: Bilingual) => ({ fits: false, text, shortage: null }) as const;
  if (!pool) return refused(say('没有这个由集群开通的资源池', 'There is no such pool that a cluster serves'));
  const objection = objectionTo(pool, machine, those);
  if (objection) return refused(OBJECTIONS[objection]);
  const { claimId, demand, size } = machine;
  const held = [{ claimId, poolId: machine.poolId, size }];
  const verdict = judgeChoice(held, [{ poolId, count: 1 }], demand, those, machine.beside);
  if (verdict.fits) return { fits: true, pool, moves: verdict.moves };
  return { fits: false, text: verdict.text, shortage: verdict.verdict?.shortage ?? null };
}
