import type { DocumentKind, Party } from './domain/go-live-policy.js';
import type { GoLiveMove, GoLiveState } from './domain/go-live-state.js';
import type { Decision } from './domain/signing.js';

export const DUE_STEPS = ['TRIAL_OVER', 'PRESENT', 'SIGN'] as const;
/** What a case waits for at its deadline: that its days are over, that it is presented, that all have signed. */
export type DueStep = (typeof DUE_STEPS)[number];

export const ENTRY_KINDS = ['RECORD', 'INCIDENT'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export interface CaseRow {
  readonly id: string;
  /** e.g. "SX-2026-000001" */
  readonly code: string;
  readonly systemId: string;
  /** As it was called when the trial began, to be searched by. */
  readonly systemName: string;
  readonly departmentId: string;
  readonly state: GoLiveState;
  /** Edition of the rules that it began under and keeps. */
  readonly policyNumber: number;
  /** 等保 level of the system when it was presented last, or began: who signs goes by it. */
  readonly level: number;
  readonly begunOn: string;
  /** The first day on which the trial is over. */
  readonly overOn: string;
  /** How often it was presented. */
  readonly round: number;
  readonly dueStep: DueStep | null;
  readonly dueAt: Date | null;
  readonly toldAt: Date | null;
  /** What the parties sign, as it was presented. */
  readonly content: AcceptanceFacts | null;
  readonly contentHash: string | null;
  readonly liveSince: string | null;
  readonly closedAt: Date | null;
  readonly openedById: string;
  readonly openedByName: string;
  readonly openedAt: Date;
  readonly version: number;
}

export interface EntryRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: EntryKind;
  readonly day: string;
  readonly text: string;
  readonly fileIds: readonly string[];
  readonly enteredAt: Date;
  readonly enteredBy: string;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  readonly resolution: string | null;
}

export interface DocumentRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: DocumentKind;
  readonly fileId: string | null;
  /** Number of a report that is kept elsewhere. */
  readonly reference: string | null;
  readonly addedAt: Date;
  readonly addedBy: string;
}

export interface SignatureRow {
  readonly id: string;
  readonly caseId: string;
  readonly round: number;
  readonly party: Party;
  readonly decision: Decision;
  readonly opinion: string;
  /** null = on paper. */
  readonly signerId: string | null;
  readonly signerName: string;
  readonly organisation: string | null;
  /** Who entered it, for what was signed on paper. */
  readonly enteredById: string | null;
  readonly enteredBy: string | null;
  readonly fileId: string | null;
  readonly contentHash: string;
  readonly at: Date;
}

export interface EventRow {
  readonly id: string;
  readonly caseId: string;
  readonly at: Date;
  readonly actorName: string;
  readonly action: GoLiveMove | 'BEGIN';
  readonly toState: GoLiveState;
  readonly reason: string | null;
}

/** What the parties open before they sign. Plain JSON: it is hashed and kept. */
export interface AcceptanceFacts {
  readonly system: {
    readonly code: string;
    readonly name: string;
    readonly department: string;
    readonly protectionLevel: number;
    readonly filingNumber: string | null;
    readonly vendorCompany: string | null;
  };
  readonly trial: { readonly begunOn: string; readonly overOn: string; readonly policyNumber: number };
  readonly entries: readonly {
    readonly kind: EntryKind;
    readonly day: string;
    readonly text: string;
    readonly by: string;
    readonly resolution: string | null;
  }[];
  readonly documents: readonly {
    readonly kind: DocumentKind;
    readonly reference: string | null;
    readonly fileName: string | null;
    readonly sm3: string | null;
  }[];
  readonly resources: SystemInUse;
}

/** What of a system is in use. */
export interface SystemInUse {
  readonly machines: number;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly diskGib: number;
  readonly servers: number;
  /** Places in cabinets, and services of the catalog; missing in what was presented before they counted. */
  readonly places?: number;
  readonly services?: number;
  /** Names of the centers that its machines run in. */
  readonly centers: readonly string[];
}
