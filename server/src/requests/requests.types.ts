import type { StorageTier } from '../allocation/domain/capacity.js';
import type { PlacedShare } from '../allocation/domain/dr-shares.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import type { Candidate, Check } from '../allocation/domain/placement-facts.js';
import type { NetworkZone } from '../facilities/domain/facility.js';
import type { Role } from '../kernel/viewer.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import type { LineRelation, ServiceAnswer } from './domain/content.js';
import type { RequestState } from './domain/request-state.js';
import type { UnitsReserved } from './domain/service-change.js';

export const REQUEST_ORDERS = ['NEWEST', 'OLDEST', 'WAITING_LONGEST', 'DUE_FIRST'] as const;
export type RequestOrder = (typeof REQUEST_ORDERS)[number];

/** NEW asks for what is not there yet; CHANGE for another size or DR mode of what is. */
export const REQUEST_NATURES = ['NEW', 'CHANGE'] as const;
export type RequestNature = (typeof REQUEST_NATURES)[number];

export interface RequestRow {
  readonly id: string;
  readonly code: string;
  readonly nature: RequestNature;
  readonly state: RequestState;
  /** Since when it stands where it stands: in this state, and in this step of its approval. */
  readonly stateSince: Date;
  readonly version: number;
  readonly departmentId: string;
  readonly systemId: string;
  readonly projectId: string;
  readonly purpose: string;
  /** The last day of what is asked for; null = long-term. */
  readonly temporaryUntil: string | null;
  /** CHANGE: its machines may be started anew for it. */
  readonly restartAgreed: boolean;
  readonly applicantId: string;
  readonly applicantName: string;
  /** Who had it before it was handed over; null = nobody. */
  readonly formerApplicantIds: readonly string[] | null;
  readonly monthlyFen: bigint | null;
  /** What its lines ask for, by kind: machines, servers, places in cabinets, services. */
  readonly machineCount: number;
  readonly serverCount: number;
  readonly cabinetCount: number;
  readonly serviceCount: number;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  readonly heldSince: Date | null;
  readonly holdExpiresAt: Date | null;
  /** Of the current step of its approval; null = none waits. */
  readonly dueAt: Date | null;
  /** Tables that lines came from; null = none did. */
  readonly lineSources?: readonly LineSource[] | null;
}

/** A table from which lines of the request came: told with it when it is sent. */
export interface LineSource {
  readonly fileName: string;
  /** Of its bytes, lower-case hexadecimal. */
  readonly sm3: string;
  readonly kind: LineKind;
  readonly lines: number;
  /** ISO time. */
  readonly takenAt: string;
}

/** One line as it is kept; what other kinds ask for is null. */
export interface NewLine {
  readonly kind: LineKind;
  readonly name: string;
  readonly itemCount: number;
  /** As asked; null = wherever it fits best, or both same-city centers. Where it went is in the shares. */
  readonly centerId: string | null;
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  readonly offerId: string;
  /** VM. */
  readonly imageId: string | null;
  readonly zone: NetworkZone | null;
  readonly storageTier: StorageTier | null;
  readonly diskGib: number | null;
  /** CABINET, of each place. */
  readonly placesApart: boolean;
  readonly heightHalfUnits: number | null;
  readonly powerW: number | null;
  readonly weightGrams: number | null;
  /** SERVICE: the version of its definition that was answered. */
  readonly definitionId: string | null;
  readonly answers: readonly ServiceAnswer[] | null;
  /** VM: how it stands to other lines. */
  readonly relations: readonly LineRelation[] | null;
  /** CHANGE: the line that the changed resources came of. */
  readonly changedLineId?: string | null;
  /** CHANGE: its modes before. */
  readonly fromLocalMode?: LocalMode | null;
  readonly fromRemoteMode?: RemoteMode | null;
  /** CHANGE of a service: how many there were, and what was answered. */
  readonly fromCount?: number | null;
  readonly fromAnswers?: readonly ServiceAnswer[] | null;
  /** CHANGE of places in cabinets: what each had. */
  readonly fromHalfUnits?: number | null;
  readonly fromPowerW?: number | null;
  readonly fromWeightGrams?: number | null;
  /** Of a CHANGE how much more a month, below zero how much less. */
  readonly monthlyFen: bigint | null;
}

export interface RequestLineRow extends NewLine {
  readonly id: string;
  readonly requestId: string;
  readonly position: number;
  /** Chosen at submit; empty before. */
  readonly shares: readonly PlacedShare[];
  /** Of a service: what its units were reserved at; missing or null = from before it was kept. */
  readonly unitPrices?: readonly UnitsReserved[] | null;
  /** The criteria that it passed. */
  readonly checks: readonly Check[];
  /** Pools that were compared for its machines, by score; null = before submit, or none of machines. */
  readonly candidates: readonly Candidate[] | null;
  /** When what was asked for stood ready; null = not yet, or it is known by its machines. */
  readonly fulfilledAt: Date | null;
  /** What proves it, in the words of whoever fulfilled it. */
  readonly evidence: string | null;
  /** Of a service or of places: since when they are given back; missing or null = they are in use. */
  readonly endedAt?: Date | null;
  /** Of what is no machine and runs: the request that changes it. */
  readonly openChangeId?: string | null;
  readonly openChangeCode?: string | null;
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
