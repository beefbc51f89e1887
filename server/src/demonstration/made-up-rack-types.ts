import type { RackType } from '../cabinets/domain/rack-type.js';
import type { Seeded } from './seeded.js';

/** Of the trade; figures are those of data sheets, rounded. Millimetres and kilograms. */
const KINDS = [
  { manufacturer: '图腾', model: 'K3.6042', heightUnits: 42, widthMm: 600, depthMm: 1_000, ownKg: 115, limitKg: 1_000 },
  { manufacturer: '图腾', model: 'G3.8047', heightUnits: 47, widthMm: 800, depthMm: 1_200, ownKg: 158, limitKg: 1_500 },
  {
    manufacturer: '华为',
    model: 'FusionModule R42',
    heightUnits: 42,
    widthMm: 600,
    depthMm: 1_200,
    ownKg: 130,
    limitKg: 1_500,
  },
  {
    manufacturer: '浪潮',
    model: 'SmartRack 46U',
    heightUnits: 46,
    widthMm: 600,
    depthMm: 1_200,
    ownKg: 142,
    limitKg: 1_800,
  },
] as const;
const GRAMS = 1_000;

/** Frames that the bureau buys, for who describes new cabinets. */
export function makeUpRackTypes(seeded: Seeded): RackType[] {
  return KINDS.map(({ ownKg, limitKg, ...kind }, at) => ({
    ...kind,
    id: seeded.id(),
    slug: `made-up-rack-${at + 1}`,
    startingUnit: 1,
    numbering: 'ASCENDING',
    ownWeightGrams: ownKg * GRAMS,
    weightLimitGrams: limitKg * GRAMS,
    keptAside: {},
  }));
}
