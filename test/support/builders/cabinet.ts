import { CABINET_DEFAULTS, type CabinetDescription } from '../../../server/src/cabinets/domain/cabinet.js';

export function cabinetDescription(more: Partial<CabinetDescription> = {}): CabinetDescription {
  return {
    ...CABINET_DEFAULTS,
    code: 'A01',
    position: 1,
    planX: 0,
    planY: 0,
    feedAWatts: 7_300,
    feedBWatts: 7_300,
    zone: 'GOVERNMENT_EXTRANET',
    status: 'IN_SERVICE',
    departmentId: null,
    rackType: null,
    ...more,
  };
}
