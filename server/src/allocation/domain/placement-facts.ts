/** Decides nothing: the facts that placement reads and the verdict that it gives. */
import type { Near } from '../../cabinets/domain/nearness.js';
import type { Bilingual } from '../../kernel/bilingual.js';
import type { AddressShortage, CapacityShortage } from '../../kernel/refusal.js';
import type { Amounts, MachineSize } from './capacity.js';
import type { ScoreParts } from './scores.js';

export interface CenterFacts {
  readonly centerId: string;
  readonly name: string;
  readonly role: 'ACTIVE_A' | 'ACTIVE_B' | 'RECOVERY';
  readonly life: 'PLANNED' | 'BUILDING' | 'TRIAL' | 'IN_SERVICE' | 'STOPPED';
}

export interface PoolFacts {
  readonly poolId: string;
  readonly code: string;
  /** Who makes machines there: a cluster of ours, or people by work order. */
  readonly kind: 'DRIVEN' | 'RECORDED';
  readonly centerId: string;
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: string;
  readonly total: Amounts;
  readonly free: Amounts;
  /** The biggest machine that one node of the pool can still run; null = not known yet, then P6 does not refuse. */
  readonly largestMachine: { readonly vcpu: number; readonly memoryMib: number } | null;
  /** A running maintenance window takes the whole pool. */
  readonly inMaintenance: boolean;
  /** Of its nodes, how many stand where a maintenance window runs; left out = none that the record knows. */
  readonly nodesAway?: { readonly away: number; readonly nodes: number };
  /** The highest 等保 level of a system that it may carry. */
  readonly protectionLevelMax: number;
  /** 信创: its processors are domestic. */
  readonly domesticCpu: boolean;
}

/** Of machines. */
export const POOL_SCOPES = ['POOL', 'CENTER'] as const;
type PoolScope = (typeof POOL_SCOPES)[number];
/** Of servers and places in cabinets. */
export const PLACE_SCOPES = ['CABINET', 'ROOM', 'CENTER'] as const;
type PlaceScope = (typeof PLACE_SCOPES)[number];
export const RELATION_SCOPES = ['POOL', 'CABINET', 'ROOM', 'CENTER'] as const satisfies readonly (
  | PoolScope
  | PlaceScope
)[];
export type RelationScope = (typeof RELATION_SCOPES)[number];

/** What one line says of its place beside another line's, by that line's index. */
export interface Relation {
  readonly kind: 'APART' | 'TOGETHER';
  readonly index: number;
  readonly scope: PoolScope;
}

/** The same of lines of servers and of cabinet space. */
export interface PlaceRelation extends Omit<Relation, 'scope'> {
  readonly scope: PlaceScope;
}

export interface LineDemand extends MachineSize {
  /** Of the line that it comes of; several demands may come of one line, one for each center. */
  readonly index: number;
  readonly count: number;
  /** null = whichever center fits best; all machines of the line then go into one. */
  readonly centerId: string | null;
  /** RECOVERY stands in a recovery center, and nothing else does (P2). */
  readonly share: 'MAIN' | 'RECOVERY';
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: string;
  readonly imageArchitecture: 'AMD64' | 'ARM64';
  readonly imageMinimumDiskGib: number;
  /** 等保 level of the system that it is for. */
  readonly protectionLevel: number;
  /** 信创: it may stand on domestic processors only. */
  readonly domesticCpu: boolean;
  /** Centers that have no price for it. */
  readonly unpricedCenterIds?: readonly string[];
  readonly relations?: readonly Relation[];
  /** Each machine gets an address of its center's zone; data alone gets none. */
  readonly takesAddress?: boolean;
  /** Machines of all sizes of its share, where that has several: they answer in one zone, or none does. */
  readonly ofShare?: number;
}

/** How many machines still get an address in a zone of a center; a zone that is not named keeps no networks. */
export interface AddressRoom {
  readonly centerId: string;
  readonly zone: string;
  readonly free: number;
  /** Said of them where they are short; the one that comes nearest, and all of them in words. */
  readonly network: string;
  readonly family: string;
  readonly networks: readonly string[];
}

/** What a center must keep free on machines of one architecture and zone so that it carries the other's loss (N-1). */
export interface LossNeed {
  readonly centerId: string;
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: string;
  readonly vcpu: number;
  readonly memoryMib: number;
}

/** Machines of the request's own system that live already. */
export interface OwnMachines {
  readonly poolId: string;
  readonly centerId: string | null;
  readonly machines: number;
}

export interface PlacementFacts {
  readonly centers: readonly CenterFacts[];
  readonly pools: readonly PoolFacts[];
  readonly lossNeeds?: readonly LossNeed[];
  readonly ownMachines?: readonly OwnMachines[];
  /** Where servers and places of the request's own system stand. */
  readonly near?: Near;
  readonly addressRooms?: readonly AddressRoom[];
}

export interface Share {
  readonly poolId: string;
  readonly count: number;
}

export interface Check {
  readonly criterion: string;
  readonly text: Bilingual;
  readonly passed: boolean;
  readonly figures: Bilingual | null;
}

/** A pool that was looked at for a line: what it could take and how well, or which criterion left it out. */
export interface Candidate {
  readonly poolId: string;
  readonly centerId: string;
  /** Machines of the line that it could take when the line's turn came. */
  readonly fits: number;
  readonly taken: number;
  /** Of 1000, with its parts; null = a criterion left it out. */
  readonly score: number | null;
  readonly parts: ScoreParts | null;
  readonly refusedBy: string | null;
}

export interface LineVerdict {
  readonly index: number;
  readonly feasible: boolean;
  /** Where it goes, or was asked to go; null = it named none and found none. */
  readonly centerId: string | null;
  readonly shares: readonly Share[];
  readonly checks: readonly Check[];
  /** The best first, at most CANDIDATES_KEPT_MAX. */
  readonly candidates: readonly Candidate[];
  /** Set when a criterion with an amount refused. */
  readonly shortage: Omit<CapacityShortage, 'code' | 'path' | 'message'> | null;
  /** Set when addresses are short (P21). */
  readonly addressShortage?: Omit<AddressShortage, 'code' | 'path' | 'message'>;
}

export interface Placement {
  /** Every line has its place; otherwise no line has. */
  readonly feasible: boolean;
  /** In the order of the demands. */
  readonly lines: readonly LineVerdict[];
  /** What the search cost; SEARCH_STEPS_MAX at most. */
  readonly steps: number;
}
