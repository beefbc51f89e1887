import type { CabinetStatus, NetworkZone, UnitNumbering } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import type { FormError } from '../../../ui/forms/form-errors';
import type { EditCabinetPageQuery, NewCabinetsPageQuery, RackTypeChoicesQuery } from '../rooms.gql';
import { atControls, gramsOf, kilogramsOf } from './place-draft';

/** What cabinets of one kind have in common. */
export type FrameDraft = {
  heightUnits: number | null;
  startingUnit: number | null;
  numbering: UnitNumbering;
  widthMm: number | null;
  depthMm: number | null;
  feedAWatts: number | null;
  feedBWatts: number | null;
  deratingPercent: number | null;
  limitKilograms: number | null;
  ownKilograms: number | null;
  /** Maker and model; empty = none. */
  rackType: string;
  zone: NetworkZone;
  status: CabinetStatus;
  /** Empty = nobody's in particular. */
  departmentId: string;
};
export type CabinetDraft = FrameDraft & {
  code: string;
  position: number | null;
  planX: number | null;
  planY: number | null;
};
export type BatchDraft = FrameDraft & {
  /** "A1-A" before the numbers. */
  prefix: string;
  firstNumber: number | null;
  digits: number;
  count: number | null;
  position: number | null;
};

export const FRAME_NUMBERS = [
  'heightUnits',
  'startingUnit',
  'widthMm',
  'depthMm',
  'deratingPercent',
  'limitKilograms',
  'ownKilograms',
] as const satisfies readonly (keyof FrameDraft)[];

/** As the server begins (cabinets/domain/cabinet). */
const USUAL: FrameDraft = {
  heightUnits: 42,
  startingUnit: 1,
  numbering: 'ASCENDING',
  widthMm: 600,
  depthMm: 1_200,
  feedAWatts: 5_000,
  feedBWatts: 5_000,
  deratingPercent: 80,
  limitKilograms: 1_000,
  ownKilograms: 130,
  rackType: '',
  zone: 'GOVERNMENT_EXTRANET',
  status: 'IN_SERVICE',
  departmentId: '',
};
/** As the server keeps it (cabinets/domain/cabinet). */
const RACK_TYPE_LENGTH_MAX = 120;
/** As many as one act makes. */
export const BATCH_MAX = 100;

/** What a whole position may become; the server has the same table. */
const NEXT: { readonly [S in CabinetStatus]: readonly CabinetStatus[] } = {
  PLANNED: ['PLANNED', 'IN_SERVICE', 'RETIRED'],
  IN_SERVICE: ['IN_SERVICE', 'CLOSED'],
  CLOSED: ['CLOSED', 'IN_SERVICE', 'RETIRED'],
  RETIRED: ['RETIRED'],
};
export const statusesFrom = (status: CabinetStatus): readonly CabinetStatus[] => NEXT[status];

type Feeds = Pick<FrameDraft, 'feedAWatts' | 'feedBWatts' | 'deratingPercent'>;

/** N+1: the weaker feed, derated; one feed alone is the limit. null = there is none. */
export function powerLimit({ feedAWatts, feedBWatts, deratingPercent }: Feeds): number | null {
  const feeds = [feedAWatts, feedBWatts].filter((feed) => feed !== null);
  return feeds.length === 0 ? null : Math.floor((Math.min(...feeds) * (deratingPercent ?? 0)) / 100);
}

type Row = ResultOf<typeof NewCabinetsPageQuery>['cabinetRow'];
type Cabinet = ResultOf<typeof EditCabinetPageQuery>['cabinet'];
type Frame = Pick<
  Cabinet,
  'heightUnits' | 'startingUnit' | 'numbering' | 'widthMm' | 'depthMm' | 'zone' | 'rackType'
> & {
  /** Those who edit are shown both. */
  power: Feeds | null;
  weight: { limitGrams: number; ownGrams: number } | null;
};

function frameOf({ heightUnits, startingUnit, numbering, widthMm, depthMm, zone, rackType, power, weight }: Frame) {
  return {
    rackType: rackType ?? '',
    heightUnits,
    startingUnit,
    numbering,
    widthMm,
    depthMm,
    zone,
    feedAWatts: power?.feedAWatts ?? null,
    feedBWatts: power?.feedBWatts ?? null,
    deratingPercent: power?.deratingPercent ?? null,
    limitKilograms: weight && kilogramsOf(weight.limitGrams),
    ownKilograms: weight && kilogramsOf(weight.ownGrams),
  };
}

type RackType = ResultOf<typeof RackTypeChoicesQuery>['rackTypes']['nodes'][number];

export const nameOfRackType = ({ manufacturer, model }: Pick<RackType, 'manufacturer' | 'model'>): string =>
  `${manufacturer} ${model}`.slice(0, RACK_TYPE_LENGTH_MAX);

/** What a chosen type fills in; what its maker does not say stays as it was. */
export function frameOfType(type: RackType): Partial<FrameDraft> {
  const { heightUnits, startingUnit, numbering, widthMm, depthMm, ownWeightGrams, weightLimitGrams } = type;
  return {
    rackType: nameOfRackType(type),
    heightUnits,
    startingUnit,
    numbering,
    ...(widthMm === null ? {} : { widthMm }),
    ...(depthMm === null ? {} : { depthMm }),
    ...(ownWeightGrams === null ? {} : { ownKilograms: kilogramsOf(ownWeightGrams) }),
    ...(weightLimitGrams === null ? {} : { limitKilograms: kilogramsOf(weightLimitGrams) }),
  };
}

export function draftOfCabinet(cabinet: Cabinet): CabinetDraft {
  const { code, position, planX, planY, status, department } = cabinet;
  return { ...frameOf(cabinet), code, position, planX, planY, status, departmentId: department?.id ?? '' };
}

/** The next ones of the row: like the last that stands there, numbered on. */
export function batchFor({ code, cabinets }: Row): BatchDraft {
  const last = cabinets.toSorted((a, b) => a.position - b.position).at(-1);
  const [, prefix = `${code}-`, digits = '01'] = /^(.*?)(\d+)$/.exec(last?.code ?? '') ?? [];
  return {
    ...USUAL,
    ...(last ? frameOf(last) : {}),
    prefix,
    digits: digits.length,
    firstNumber: last && /\d$/.test(last.code) ? Number(digits) + 1 : 1,
    count: 1,
    position: (last?.position ?? 0) + 1,
  };
}

export function codesOf({ prefix, firstNumber, digits, count }: BatchDraft): string[] {
  const length = Math.min(Math.max(count ?? 0, 0), BATCH_MAX);
  return Array.from({ length }, (_, at) => `${prefix.trim()}${String((firstNumber ?? 0) + at).padStart(digits, '0')}`);
}

export function contentOfFrame(draft: FrameDraft) {
  const { limitKilograms, ownKilograms, departmentId } = draft;
  return {
    heightUnits: draft.heightUnits ?? 0,
    startingUnit: draft.startingUnit ?? 0,
    numbering: draft.numbering,
    widthMm: draft.widthMm ?? 0,
    depthMm: draft.depthMm ?? 0,
    feedAWatts: draft.feedAWatts,
    feedBWatts: draft.feedBWatts,
    deratingPercent: draft.deratingPercent ?? 0,
    weightLimitGrams: gramsOf(limitKilograms ?? 0),
    ownWeightGrams: gramsOf(ownKilograms ?? 0),
    rackType: draft.rackType || null,
    zone: draft.zone,
    status: draft.status,
    departmentId: departmentId || null,
  };
}

export function contentOfCabinet(draft: CabinetDraft) {
  const { code, position, planX, planY } = draft;
  return {
    ...contentOfFrame(draft),
    code: code.trim(),
    position: position ?? 0,
    planX: planX ?? 0,
    planY: planY ?? 0,
  };
}

export function contentOfBatch(draft: BatchDraft) {
  const frame = contentOfFrame(draft);
  return codesOf(draft).map((code, at) => ({
    ...frame,
    code,
    position: (draft.position ?? 0) + at,
    planX: null,
    planY: null,
  }));
}

/** "cabinets.3.heightUnits" is the height of all, said once; a code or a place is one cabinet's own. */
export function batchErrors(errors: readonly FormError[], codes: readonly string[]): FormError[] {
  const said = new Map<string, FormError>();
  for (const error of errors) {
    const [, at, name] = /^cabinets\.(\d+)(?:\.(\w+))?$/.exec(error.field) ?? [];
    const own = name === 'code' || name === 'planX' || name === 'planY' || name === 'position';
    const field =
      at === undefined
        ? error.field === 'cabinets'
          ? 'count'
          : error.field
        : own
          ? name === 'code'
            ? 'prefix'
            : 'position'
          : (name ?? 'count');
    const message = own ? `${codes[Number(at)] ?? ''}: ${error.message}` : error.message;
    said.set(`${field} ${message}`, { field, message });
  }
  return atControls([...said.values()]);
}
