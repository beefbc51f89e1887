import type { SpaceWays } from '../cabinets/space-quotas.service.js';
import type { Department } from '../departments/domain/department.js';
import type { MadeUpQuota } from './made-up-quotas.js';

/** Whose quotas are on the way of each department, the top one first: nothing of it is in the database yet. */
export function waysOfProvince(departments: readonly Department[], quotas: readonly MadeUpQuota[]): SpaceWays {
  const byId = new Map(departments.map((department) => [department.id, department]));
  const wayOf = (id: string): string[] => {
    const parent = byId.get(id)?.parentId ?? null;
    return parent === null ? [id] : [...wayOf(parent), id];
  };
  return {
    ofDepartments: new Map(departments.map(({ id }) => [id, wayOf(id)])),
    ofHolders: new Map(),
    subjects: new Map(quotas.map(({ subject }) => [subject.id, subject])),
  };
}
