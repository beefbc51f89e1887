/** Decides which wishes for a place make sense at all, whatever is free. */
import type { NetworkZone } from '../../facilities/domain/facility.js';
import type { InputPath, InvalidInput } from '../../kernel/refusal.js';
import { type Cabinet, Findings, isSingleFed } from './cabinet.js';
import { FACES, type Face, type Holder, type HolderKind, type LiveState, type Place } from './holder.js';
import type { Near } from './nearness.js';

/** Any cabinet like this; the tightest that fits is taken. */
export interface CabinetChoice {
  readonly centerId: string;
  readonly roomId?: string;
  readonly rowId?: string;
  readonly zone?: NetworkZone;
  /** Frames of exactly this height: something as tall as that is then alone in its cabinet. */
  readonly heightUnits?: number;
  /** Not these: a twin stands there. */
  readonly except?: readonly string[];
  /** Behind one feed only there is no N+1: such a cabinet is taken only by whoever says so. */
  readonly allowSingleFed?: boolean;
}

export interface Wish {
  readonly holderId: string;
  /** startUnit: the lowest number that it is to cover; null = wherever it fits. */
  readonly where: { readonly cabinetId: string; readonly startUnit: number | null } | { readonly among: CabinetChoice };
  /** 0 = a strip that stands beside the units. */
  readonly heightHalfUnits: number;
  readonly face: Face;
  readonly powerW: number;
  readonly weightGrams: number;
  readonly label: string;
  readonly departmentId: string | null;
  readonly kind: HolderKind;
  readonly subjectId: string | null;
  readonly state: LiveState;
  readonly reason: string | null;
  readonly heldUntil: Date | null;
  readonly plannedForId: string | null;
  /** The place that it is to be a part of. */
  readonly growsHolderId: string | null;
  /** Takes all of a frame: its cabinet is the department's until it ends. */
  readonly whole?: boolean;
  /** Wishes of the same word stand in cabinets of their own. */
  readonly apart?: string;
  /** Where its system stands already: of equal cabinets the nearer one is taken. */
  readonly near?: Near;
  /** When it really came to stand there, where that was before it is written down; null = `usedSince`, else now. */
  readonly since: Date | null;
  readonly usedSince: Date | null;
  readonly sourcePlatform: string | null;
  /** The thing's record says in which center it is: a cabinet of another is refused. null = it has no such record. */
  readonly centerId: string | null;
  /** Where in the input a refusal of this wish belongs. */
  readonly path: InputPath;
}

/** What another feature asks for. Everything else has its usual meaning when it is left out. */
export type PlaceWish = Pick<
  Wish,
  'where' | 'heightHalfUnits' | 'powerW' | 'weightGrams' | 'label' | 'kind' | 'state'
> &
  Partial<
    Pick<
      Wish,
      | 'holderId'
      | 'face'
      | 'departmentId'
      | 'subjectId'
      | 'reason'
      | 'heldUntil'
      | 'since'
      | 'usedSince'
      | 'sourcePlatform'
      | 'centerId'
      | 'growsHolderId'
      | 'whole'
      | 'apart'
      | 'near'
      | 'path'
    >
  >;

/** The whole wish, under the name that its place would have. */
export function wishOf(asked: PlaceWish, holderId: string): Wish {
  return {
    face: 'BOTH',
    departmentId: null,
    subjectId: null,
    reason: null,
    heldUntil: null,
    since: null,
    usedSince: null,
    sourcePlatform: null,
    centerId: null,
    growsHolderId: null,
    path: [],
    ...asked,
    holderId,
    plannedForId: null,
  };
}

/** What its place keeps of a wish; where that is comes from the book. */
export function keptOf(wish: Wish): Omit<Holder, keyof Place> {
  const { where: _where, path: _path, since: _since, centerId: _centerId, near: _near, ...named } = wish;
  const { holderId, whole: _whole, apart: _apart, heightHalfUnits: _height, face: _face, ...kept } = named;
  return { ...kept, id: holderId, version: 1 };
}

/** The tallest frame has 100 U. A taller thing that is not absurd is refused by the cabinet, with its figures. */
const HEIGHT_HALF_UNITS_MAX = 400;
const POWER_W_MAX = 200_000;
const WEIGHT_GRAMS_MAX = 10_000_000;
export const LABEL_LENGTH_MAX = 100;
export const REASON_LENGTH_MAX = 200;

export function checkWish(wish: Wish): InvalidInput[] {
  const found = new Findings(wish.path)
    .number('powerW', wish.powerW, 0, POWER_W_MAX)
    .number('weightGrams', wish.weightGrams, 0, WEIGHT_GRAMS_MAX)
    .text('label', wish.label, LABEL_LENGTH_MAX);
  if (
    !Number.isInteger(wish.heightHalfUnits) ||
    wish.heightHalfUnits < 0 ||
    wish.heightHalfUnits > HEIGHT_HALF_UNITS_MAX
  )
    found.add(
      'heightUnits',
      'halfUnits',
      '高度须为半U的整数倍，且不为负',
      'A height is a multiple of half a unit, and not negative',
    );
  if (!FACES.includes(wish.face)) found.add('face', 'face', '面须为前、后或全深', 'A face is front, rear or both');
  if (wish.reason !== null) found.text('reason', wish.reason, REASON_LENGTH_MAX);
  return found.all;
}

/** Whether anything of this department may be put in such a cabinet at all. */
export function suits(cabinet: Cabinet, among: CabinetChoice, departmentId: string | null): boolean {
  return (
    cabinet.status === 'IN_SERVICE' &&
    cabinet.centerId === among.centerId &&
    (among.roomId === undefined || cabinet.roomId === among.roomId) &&
    (among.rowId === undefined || cabinet.rowId === among.rowId) &&
    (among.zone === undefined || cabinet.zone === among.zone) &&
    (among.heightUnits === undefined || cabinet.heightUnits === among.heightUnits) &&
    !among.except?.includes(cabinet.id) &&
    (among.allowSingleFed === true || !isSingleFed(cabinet)) &&
    (cabinet.departmentId === null || departmentId === cabinet.departmentId)
  );
}
