/** Decides nothing: the facts that placement reads and the verdict that it gives. */
import type { Bilingual } from '../../kernel/bilingual.js';
import type { CapacityShortage } from '../../kernel/refusal.js';
import type { Amounts, MachineSize } from './capacity.js';

export interface CenterFacts {
  readonly centerId: string;
  readonly name: string;
  readonly role: 'ACTIVE_A' | 'ACTIVE_B' | 'RECOVERY';
  readonly life: 'PLANNED' | 'BUILDING' | 'TRIAL' | 'IN_SERVICE' | 'STOPPED';
}

export interface PoolFacts {
  readonly poolId: string;
  readonly code: string;
  readonly centerId: string;
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: string;
  readonly total: Amounts;
  readonly free: Amounts;
  /** The biggest machine that one node of the pool can still run; null = not known yet, then P6 does not refuse. */
  readonly largestMachine: { readonly vcpu: number; readonly memoryMib: number } | null;
  /** A running maintenance window takes the whole pool. */
  readonly inMaintenance: boolean;
}

export interface LineDemand extends MachineSize {
  readonly index: number;
  readonly count: number;
  readonly centerId: string;
  /** RECOVERY stands in a recovery center, and nothing else does. */
  readonly share: 'MAIN' | 'RECOVERY';
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: string;
  readonly imageArchitecture: 'AMD64' | 'ARM64';
  readonly imageMinimumDiskGib: number;
}

export interface PlacementFacts {
  readonly centers: readonly CenterFacts[];
  readonly pools: readonly PoolFacts[];
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

export interface LineVerdict {
  readonly index: number;
  readonly feasible: boolean;
  readonly shares: readonly Share[];
  readonly checks: readonly Check[];
  /** Set when a criterion with an amount refused. */
  readonly shortage: Omit<CapacityShortage, 'code' | 'path' | 'message'> | null;
}

export interface Placement {
  /** Every line has its place; otherwise no line has. */
  readonly feasible: boolean;
  readonly lines: readonly LineVerdict[];
}
