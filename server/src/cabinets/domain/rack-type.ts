/** Decides which frame a rack type of NetBox's library describes. */
import type { CellProblem } from '../../imports/domain/import-table.js';
import { NetboxFields } from '../../imports/domain/netbox.js';
import { say } from '../../kernel/bilingual.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import type { Numbering } from './units.js';

export interface RackType {
  readonly id: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly slug: string;
  readonly heightUnits: number;
  readonly startingUnit: number;
  readonly numbering: Numbering;
  /** null = the maker does not say. */
  readonly widthMm: number | null;
  readonly depthMm: number | null;
  readonly ownWeightGrams: number | null;
  readonly weightLimitGrams: number | null;
  /** Keys of the file that we have no use for; kept, so that nothing is lost. */
  readonly keptAside: Readonly<Record<string, unknown>>;
}

export type RackTypeDraft = Omit<RackType, 'id'>;

const SLUG = /^[a-z0-9][a-z0-9._-]{0,99}$/;
/** Bounds of a cabinet (domain/cabinet.ts). */
const HEIGHT_UNITS = { min: 1, max: 100 };
const STARTING_UNIT = { min: 1, max: 900 };
const SIZE_MM_MAX = 3_000;
const WEIGHT_GRAMS_MAX = 10_000_000;

export function rackTypeOf(document: unknown): Result<RackTypeDraft, readonly CellProblem[]> {
  const fields = new NetboxFields(document);
  const draft = {
    manufacturer: fields.text('manufacturer', 60),
    model: fields.text('model', 120),
    slug: fields.text('slug', 100),
    heightUnits: fields.whole('u_height', HEIGHT_UNITS, 42),
    startingUnit: fields.whole('starting_unit', STARTING_UNIT, 1),
    numbering: (fields.flag('desc_units', false) ? 'DESCENDING' : 'ASCENDING') as Numbering,
    widthMm: fields.millimetres('outer_width', 'outer_unit', SIZE_MM_MAX),
    depthMm: fields.millimetres('outer_depth', 'outer_unit', SIZE_MM_MAX),
    ownWeightGrams: fields.grams('weight', 'weight_unit', WEIGHT_GRAMS_MAX),
    weightLimitGrams: fields.grams('max_weight', 'weight_unit', WEIGHT_GRAMS_MAX),
  };
  // Every rack type of the library has it, and no device type.
  if (!fields.has('form_factor'))
    fields.tell('form_factor', say('须填写；没有它就不是机柜型号', 'is required; without it this is no rack type'));
  if (draft.slug !== '' && !SLUG.test(draft.slug))
    fields.tell('slug', say('须为小写字母、数字或 . _ -', 'must be lower-case letters, digits or . _ -'));
  return fields.problems.length > 0 ? refuse(fields.problems) : ok({ ...draft, keptAside: fields.keptAside() });
}
