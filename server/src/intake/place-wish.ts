import type { PlaceWish } from '../cabinets/space.types.js';
import { usageFrom } from './domain/intake-item.js';
import type { ItemOf } from './intake.types.js';

/** What an entry asks of cabinets: the place where its device stands already. */
export function placeWishOf({ content, ...item }: ItemOf<'SPACE'>): PlaceWish {
  return {
    where: { cabinetId: content.cabinetId, startUnit: content.startUnit },
    heightHalfUnits: content.heightHalfUnits,
    face: content.face,
    powerW: content.powerW,
    weightGrams: content.weightGrams,
    label: item.name,
    kind: 'INTAKE',
    state: 'OCCUPIED',
    departmentId: item.departmentId,
    subjectId: item.id,
    usedSince: usageFrom(item.startedOn),
    sourcePlatform: item.sourcePlatform,
    path: ['items', String(item.position)],
  };
}
