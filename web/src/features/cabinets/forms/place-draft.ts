import type { RowOrientation } from '../../../graphql/enums';
import type { ResultOf, VariablesOf } from '../../../graphql/tada';
import type { FormError } from '../../../ui/forms/form-errors';
import type {
  CreateCabinetRowMutation,
  CreateRoomMutation,
  EditCabinetRowPageQuery,
  EditRoomPageQuery,
} from '../rooms.gql';

/** Weights are typed in kilograms and kept in grams. */
const GRAMS = 1_000;
export const gramsOf = (kilograms: number): number => Math.round(kilograms * GRAMS);
export const kilogramsOf = (grams: number): number => grams / GRAMS;

export type RoomDraft = { code: string; name: string; widthTiles: number | null; depthTiles: number | null };
export type RowDraft = {
  code: string;
  planX: number | null;
  planY: number | null;
  orientation: RowOrientation;
  floorKilograms: number | null;
};

export const emptyRoom: RoomDraft = { code: '', name: '', widthTiles: 20, depthTiles: 12 };
export const emptyRow: RowDraft = { code: '', planX: 0, planY: 0, orientation: 'ACROSS', floorKilograms: null };

export function draftOfRoom(room: ResultOf<typeof EditRoomPageQuery>['room']): RoomDraft {
  const { code, name, widthTiles, depthTiles } = room;
  return { code, name, widthTiles, depthTiles };
}

export function draftOfRow(row: ResultOf<typeof EditCabinetRowPageQuery>['cabinetRow']): RowDraft {
  const { code, planX, planY, orientation, floorLimitGrams } = row;
  return {
    code,
    planX,
    planY,
    orientation,
    floorKilograms: floorLimitGrams === null ? null : kilogramsOf(floorLimitGrams),
  };
}

type RoomContent = Omit<VariablesOf<typeof CreateRoomMutation>['input'], 'idempotencyKey' | 'centerId'>;
type RowContent = Omit<VariablesOf<typeof CreateCabinetRowMutation>['input'], 'idempotencyKey' | 'roomId'>;

/** Which numbers are not there; the server says the rest. */
export function missing<Draft extends object>(
  draft: Draft,
  fields: readonly (keyof Draft & string)[],
  message: string,
): FormError[] {
  return fields.filter((field) => draft[field] === null).map((field) => ({ field, message }));
}

export function contentOfRoom({ code, name, widthTiles, depthTiles }: RoomDraft): RoomContent {
  return { code: code.trim(), name: name.trim(), widthTiles: widthTiles ?? 0, depthTiles: depthTiles ?? 0 };
}

export function contentOfRow({ code, planX, planY, orientation, floorKilograms }: RowDraft): RowContent {
  return {
    code: code.trim(),
    planX: planX ?? 0,
    planY: planY ?? 0,
    orientation,
    floorLimitGrams: floorKilograms === null ? null : gramsOf(floorKilograms),
  };
}

/** Fields of the server whose control has another name here. */
const RENAMED: Readonly<Record<string, string>> = {
  floorLimitGrams: 'floorKilograms',
  weightLimitGrams: 'limitKilograms',
  ownWeightGrams: 'ownKilograms',
};

export function atControls(errors: readonly FormError[]): FormError[] {
  return errors.map((error) => ({ ...error, field: RENAMED[error.field] ?? error.field }));
}

/** Only what is another now: a form that was open for long must not say again what it was told at its beginning. */
export function changesOf<T extends object>(before: T, after: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(after).filter(([field, value]) => before[field as keyof T] !== value),
  ) as Partial<T>;
}
