import type { StorageTier } from '../allocation/domain/capacity.js';
import type { Check, Share } from '../allocation/domain/placement-facts.js';
import type { NetworkZone } from '../facilities/domain/facility.js';
import type { Role } from '../kernel/viewer.js';
import type { RequestState } from './domain/request-state.js';

export const REQUEST_ORDERS = ['NEWEST', 'OLDEST', 'WAITING_LONGEST', 'DUE_FIRST'] as const;
export type RequestOrder = (typeof REQUEST_ORDERS)[number];

export interface RequestRow {
  readonly id: string;
  readonly code: string;
  readonly state: RequestState;
  /** Since when it stands where it stands: in this state, and in this step of its approval. */
  readonly stateSince: Date;
  readonly version: number;
  readonly departmentId: string;
  readonly systemId: string;
  readonly projectId: string;
  readonly purpose: string;
  readonly applicantId: string;
  readonly applicantName: string;
  /** Who had it before it was handed over; null = nobody. */
  readonly formerApplicantIds: readonly string[] | null;
  readonly monthlyFen: bigint | null;
  readonly machineCount: number;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  readonly heldSince: Date | null;
  readonly holdExpiresAt: Date | null;
  /** Of the current step of its approval; null = none waits. */
  readonly dueAt: Date | null;
}

export interface NewLine {
  readonly name: string;
  readonly offerId: string;
  readonly imageId: string;
  readonly centerId: string;
  readonly zone: NetworkZone;
  readonly storageTier: StorageTier;
  readonly diskGib: number;
  readonly machineCount: number;
  readonly monthlyFen: bigint | null;
}

export interface RequestLineRow extends NewLine {
  readonly id: string;
  readonly requestId: string;
  readonly position: number;
  readonly placements: readonly Share[];
  readonly checks: readonly Check[];
}

export interface RequestStepRow {
  readonly id: string;
  readonly requestId: string;
  readonly at: Date;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly actorRole: Role | null;
  readonly action: string;
  readonly opinion: string | null;
  readonly fromState: RequestState | null;
  readonly toState: RequestState;
}

/** Requests of the time before, with their lines and steps. */
export interface PastRequests {
  readonly requests: readonly RequestRow[];
  readonly lines: readonly RequestLineRow[];
  readonly steps: readonly RequestStepRow[];
}
