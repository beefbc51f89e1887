/** Decides what may stand or be promised in a cabinet, and which life each such place has. */
import { checkedTable, nextState } from '../../kernel/state-machine.js';

/** A full-depth thing takes both faces. */
export const FACES = ['FRONT', 'REAR', 'BOTH'] as const;
export type Face = (typeof FACES)[number];

/** What holds the place. SPACE: a department's room without a thing in it yet; BLOCK: not to be used at all. */
export const HOLDER_KINDS = [
  'SERVER',
  'REQUEST',
  'INTAKE',
  'SPACE',
  'SWITCH',
  'PDU',
  'ODF',
  'STORAGE',
  'OTHER',
  'BLOCK',
] as const;
export type HolderKind = (typeof HOLDER_KINDS)[number];

/** Things without a record of their own elsewhere: the facility engineer puts them in and takes them out by hand. */
export const OCCUPANT_KINDS = ['SWITCH', 'PDU', 'ODF', 'STORAGE', 'OTHER'] as const satisfies readonly HolderKind[];
export type OccupantKind = (typeof OCCUPANT_KINDS)[number];

/** FREE is before there is a row, RELEASED is a row kept for history; neither has slots. */
export const HOLDER_STATES = ['FREE', 'HELD', 'ALLOCATED', 'OCCUPIED', 'BLOCKED', 'RELEASED'] as const;
export type HolderState = (typeof HOLDER_STATES)[number];
export const LIVE_STATES = ['HELD', 'ALLOCATED', 'OCCUPIED', 'BLOCKED'] as const satisfies readonly HolderState[];
export type LiveState = (typeof LIVE_STATES)[number];

export const HOLDER_ACTIONS = [
  'HOLD',
  'ALLOCATE',
  'OCCUPY',
  'VACATE',
  'BLOCK',
  'UNBLOCK',
  'EXPIRE',
  'RELEASE',
] as const;
export type HolderAction = (typeof HOLDER_ACTIONS)[number];

/** Expiry ends what is only held: it never frees a place that something was given or stands in. */
export const holderTable = checkedTable<HolderState, HolderAction>({
  name: 'cabinet holder',
  states: HOLDER_STATES,
  initial: 'FREE',
  actions: HOLDER_ACTIONS,
  transitions: {
    FREE: { HOLD: 'HELD', ALLOCATE: 'ALLOCATED', OCCUPY: 'OCCUPIED', BLOCK: 'BLOCKED' },
    HELD: { ALLOCATE: 'ALLOCATED', OCCUPY: 'OCCUPIED', EXPIRE: 'RELEASED', RELEASE: 'RELEASED' },
    ALLOCATED: { OCCUPY: 'OCCUPIED', RELEASE: 'RELEASED' },
    OCCUPIED: { VACATE: 'ALLOCATED', RELEASE: 'RELEASED' },
    BLOCKED: { UNBLOCK: 'RELEASED' },
    RELEASED: {},
  },
});

export function stateAfter(from: HolderState, action: HolderAction): HolderState | undefined {
  return nextState(holderTable, from, action);
}

export function isLive(state: HolderState): state is LiveState {
  return (LIVE_STATES as readonly HolderState[]).includes(state);
}

/** Kinds of which one thing has one place: the database keeps its id under a unique key. */
export function isExclusive(kind: HolderKind): boolean {
  return kind === 'SERVER';
}

/** Things whose own record says in which center they are: they do not leave it by being moved. */
export function staysInCenter(kind: HolderKind): boolean {
  return kind === 'SERVER';
}

/** Where something is, in the database's half-units from the bottom. Height 0 (a 0U strip) takes no slot. */
export interface Place {
  readonly cabinetId: string;
  readonly startHalfUnit: number;
  readonly heightHalfUnits: number;
  readonly face: Face;
}

export interface Holder extends Place {
  readonly id: string;
  readonly state: HolderState;
  readonly kind: HolderKind;
  readonly subjectId: string | null;
  readonly label: string;
  /** null = the place's own (a switch, a strip). */
  readonly departmentId: string | null;
  /** Nameplate draw and weight, of what stands or will stand here. */
  readonly powerW: number;
  readonly weightGrams: number;
  /** Why it is blocked. */
  readonly reason: string | null;
  readonly heldUntil: Date | null;
  /** Set on the new place of a planned move: the holder that will come here. It is no second thing. */
  readonly plannedForId: string | null;
  /** Room kept for a place that is to grow: the holder that it becomes a part of. It is no place of its own. */
  readonly growsHolderId: string | null;
  /** Since when it has been used where that was before the console knew of it, and where it came from; null = it was not. */
  readonly usedSince: Date | null;
  readonly sourcePlatform: string | null;
  readonly version: number;
}

/** What the record of a thing says of it, wherever it stands. */
export type HolderWords = Pick<Holder, 'departmentId' | 'label' | 'powerW' | 'weightGrams'>;

/** The faces whose slots a place takes. */
export function facesOf(face: Face): readonly ('FRONT' | 'REAR')[] {
  return face === 'BOTH' ? ['FRONT', 'REAR'] : [face];
}

export function samePlace(a: Place, b: Place): boolean {
  return (
    a.cabinetId === b.cabinetId &&
    a.startHalfUnit === b.startHalfUnit &&
    a.heightHalfUnits === b.heightHalfUnits &&
    a.face === b.face
  );
}

export function placeOf({ cabinetId, startHalfUnit, heightHalfUnits, face }: Place): Place {
  return { cabinetId, startHalfUnit, heightHalfUnits, face };
}
