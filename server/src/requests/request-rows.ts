import { unitsOf } from '../cabinets/domain/units.js';
import { stored } from '../platform/database/bulk-insert.js';
import { jsonText } from '../platform/database/columns.js';
import { snakeOf } from '../platform/database/snake-names.js';
import type { LineContent, RequestContent } from './domain/content.js';
import type { RequestLineRow, RequestRow, RequestStepRow } from './requests.types.js';

export const GRAMS_PER_KG = 1_000;

/**
 * Plain SQL for the rows that every act on a request reads and writes. The query builder's text, made anew each time,
 * took half of the time of a submit; lists, which are asked far less often, keep it.
 */
export const REQUEST_COLUMNS = [
  'id',
  'code',
  'nature',
  'state',
  'stateSince',
  'version',
  'departmentId',
  'systemId',
  'projectId',
  'purpose',
  'temporaryUntil',
  'restartAgreed',
  'applicantId',
  'applicantName',
  'formerApplicantIds',
  'monthlyFen',
  'machineCount',
  'serverCount',
  'cabinetCount',
  'serviceCount',
  'createdAt',
  'submittedAt',
  'heldSince',
  'holdExpiresAt',
  'dueAt',
  'lineSources',
] as const satisfies readonly (keyof RequestRow)[];

export const LINE_COLUMNS = [
  'id',
  'requestId',
  'changedLineId',
  'position',
  'kind',
  'name',
  'itemCount',
  'centerId',
  'localMode',
  'remoteMode',
  'fromLocalMode',
  'fromRemoteMode',
  'fromCount',
  'fromAnswers',
  'fromHalfUnits',
  'fromPowerW',
  'fromWeightGrams',
  'offerId',
  'imageId',
  'zone',
  'storageTier',
  'diskGib',
  'heightHalfUnits',
  'powerW',
  'weightGrams',
  'placesApart',
  'definitionId',
  'answers',
  'monthlyFen',
  'shares',
  'checks',
  'candidates',
  'unitPrices',
  'relations',
  'fulfilledAt',
  'evidence',
] as const satisfies readonly (keyof RequestLineRow)[];

/** Of a line that changes nothing. */
export const NO_CHANGE = {
  ...{ changedLineId: null, fromLocalMode: null, fromRemoteMode: null, fromCount: null, fromAnswers: null },
  ...{ fromHalfUnits: null, fromPowerW: null, fromWeightGrams: null, unitPrices: null },
} as const;

export const STEP_COLUMNS = [
  'id',
  'requestId',
  'at',
  'actorId',
  'actorName',
  'actorRole',
  'action',
  'opinion',
  'fromState',
  'toState',
] as const satisfies readonly (keyof RequestStepRow)[];

const selectList = (columns: readonly string[]): string => columns.map((c) => `${snakeOf(c)} as ${c}`).join(', ');
export const SELECT_REQUEST = `select ${selectList(REQUEST_COLUMNS)} from request`;
export const SELECT_LINES = `select ${selectList(LINE_COLUMNS)} from request_line`;

type Raw<T> = {
  [K in keyof T]: T[K] extends bigint | null
    ? string | null
    : NonNullable<T[K]> extends readonly unknown[]
      ? string | null
      : T[K];
};

export function toRequest(raw: Raw<RequestRow>): RequestRow {
  return {
    ...raw,
    restartAgreed: Boolean(raw.restartAgreed),
    formerApplicantIds: jsonText.from(raw.formerApplicantIds),
    lineSources: jsonText.from(raw.lineSources ?? null),
    monthlyFen: raw.monthlyFen === null ? null : BigInt(raw.monthlyFen),
  };
}

export function toLine(raw: Raw<RequestLineRow>): RequestLineRow {
  return {
    ...raw,
    monthlyFen: raw.monthlyFen === null ? null : BigInt(raw.monthlyFen),
    answers: jsonText.from(raw.answers),
    fromAnswers: jsonText.from(raw.fromAnswers ?? null),
    shares: jsonText.from(raw.shares),
    checks: jsonText.from(raw.checks),
    candidates: jsonText.from(raw.candidates),
    unitPrices: jsonText.from(raw.unitPrices ?? null),
    relations: jsonText.from(raw.relations),
  };
}

/** "a = ?, b = ?" with its values, each as its column keeps it. */
export function assignments(values: Partial<RequestRow>): { sql: string; values: unknown[] } {
  const entries = Object.entries(values);
  return {
    sql: entries.map(([name]) => `${snakeOf(name)} = ?`).join(', '),
    values: entries.map(([, value]) => stored(value)),
  };
}

/** A saved request as content again, to be asked anew: offers, prices and payers may have changed. */
export function contentOf(request: RequestRow, lines: readonly RequestLineRow[]): RequestContent {
  return {
    systemId: request.systemId,
    projectId: request.projectId,
    purpose: request.purpose,
    temporaryUntil: request.temporaryUntil,
    lines: lines.map(lineContentOf),
  };
}

export function lineContentOf(line: RequestLineRow): LineContent {
  const { kind, name, itemCount: count, centerId, localMode, remoteMode, offerId } = line;
  // Services have no modes: theirs are not asked again.
  const modes = kind === 'SERVICE' ? { localMode: null, remoteMode: null } : { localMode, remoteMode };
  const common = { kind, name, count, centerId, ...modes, vm: null, server: null, cabinet: null, service: null };
  const relations = line.relations ?? [];
  switch (kind) {
    case 'VM': {
      const { imageId, zone, storageTier, diskGib } = line;
      if (imageId === null || zone === null || storageTier === null || diskGib === null)
        throw new Error(`line ${line.id} is a VM without what a VM has`);
      return { ...common, vm: { offerId, imageId, zone, storageTier, diskGib }, relations };
    }
    case 'SERVER':
      return { ...common, server: { offerId, imageId: line.imageId }, relations };
    case 'CABINET':
      return {
        ...common,
        relations,
        cabinet: {
          offerId,
          heightUnits: unitsOf(line.heightHalfUnits ?? 0),
          powerW: line.powerW ?? 0,
          weightKg: (line.weightGrams ?? 0) / GRAMS_PER_KG,
          apart: Boolean(line.placesApart),
        },
      };
    case 'SERVICE':
      return { ...common, service: { offerId, answers: line.answers ?? [] } };
  }
}
