/** RESIZE: it gets another size; MAKE: a share that was missing; LEAVE: a share that is too many. */
export type ChangeWhat = 'RESIZE' | 'MAKE' | 'LEAVE';
export const CHANGE_WHATS = ['RESIZE', 'MAKE', 'LEAVE'] as const satisfies readonly ChangeWhat[];
/** ASKED until it is granted; UNDERWAY until the cluster has done it. */
export type ChangeState = 'ASKED' | 'UNDERWAY' | 'DONE';
export const CHANGE_STATES = ['ASKED', 'UNDERWAY', 'DONE'] as const satisfies readonly ChangeState[];

export interface NewChange {
  readonly resourceId: string;
  readonly claimId: string;
  readonly what: ChangeWhat;
  readonly fromVcpu: number;
  readonly fromMemoryMib: number;
  readonly fromDiskGib: number;
  readonly toVcpu: number;
  readonly toMemoryMib: number;
  readonly toDiskGib: number;
  readonly claimVcpu: number;
  readonly claimMemoryMib: number;
  readonly claimDiskGib: number;
  readonly fromFen: bigint;
  readonly toFen: bigint;
}

export interface ChangeRow extends NewChange {
  readonly id: string;
  readonly requestId: string;
  readonly lineId: string;
  readonly state: ChangeState;
  readonly doneAt: Date | null;
  /** Which of its resource's changes it was, in their order. */
  readonly doneNumber: number | null;
}
