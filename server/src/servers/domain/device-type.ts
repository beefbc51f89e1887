/** Decides which hardware model a device type of NetBox's library describes. */
import type { CellProblem } from '../../imports/domain/import-table.js';
import { NetboxFields } from '../../imports/domain/netbox.js';
import { say } from '../../kernel/bilingual.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { checkedModel, type HardwareModel } from './server.js';

/** NetBox's own bound; whether it fits is the cabinet's to say, with its figures. */
const HEIGHT_UNITS_MAX = 60;
const WEIGHT_GRAMS_MAX = 2_000_000;

export type ModelDraft = Omit<HardwareModel, 'id'>;

/** Where our names come from in the file, for whoever mends it. */
const FIELD_OF: Readonly<Record<string, string>> = {
  heightHalfUnits: 'u_height',
  weightGrams: 'weight',
  nameplatePowerW: 'power-ports',
};

export function modelOf(document: unknown): Result<ModelDraft, readonly CellProblem[]> {
  const fields = new NetboxFields(document);
  const draft: ModelDraft = {
    manufacturer: fields.text('manufacturer', 60),
    model: fields.text('model', 120),
    slug: fields.text('slug', 100),
    heightHalfUnits: fields.halfUnits('u_height', HEIGHT_UNITS_MAX),
    fullDepth: fields.flag('is_full_depth', true),
    weightGrams: fields.grams('weight', 'weight_unit', WEIGHT_GRAMS_MAX),
    // The ports stay with the model as well: they say more than one figure.
    nameplatePowerW: fields.nameplateW('power-ports'),
    keptAside: {},
  };
  // Every rack type of the library has it, and no device type.
  if (fields.has('form_factor'))
    fields.tell('form_factor', say('这是机柜型号，不是设备型号', 'this is a rack type, no device type'));
  fields.drop('weight_unit');
  const model = { ...draft, keptAside: fields.keptAside() };
  if (fields.problems.length > 0) return refuse(fields.problems);
  const broken = checkedModel({ ...model, id: '' });
  if (broken.length === 0) return ok(model);
  return refuse(
    broken.map(({ path, message }) => ({ column: FIELD_OF[path.at(-1) ?? ''] ?? path.at(-1) ?? null, message })),
  );
}
