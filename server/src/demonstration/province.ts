import type { Department } from '../departments/domain/department.js';
import { type MadeUpCabinets, makeUpCabinets } from './made-up-cabinets.js';
import { type MadeUpCatalog, makeUpCatalog } from './made-up-catalog.js';
import { makeUpDepartments } from './made-up-departments.js';
import { type MadeUpFacilities, makeUpFacilities } from './made-up-facilities.js';
import { type MadeUpUser, makeUpPeople } from './made-up-people.js';
import { type MadeUpSystems, makeUpSystems } from './made-up-systems.js';
import { Seeded } from './seeded.js';

export interface MadeUpProvince {
  readonly seed: number;
  readonly departments: readonly Department[];
  readonly systems: MadeUpSystems;
  readonly facilities: MadeUpFacilities;
  readonly cabinets: MadeUpCabinets;
  readonly catalog: MadeUpCatalog;
  readonly users: readonly MadeUpUser[];
}

/** The whole province out of one seed. Real are only the province, its cities' names and what departments are for. */
export function makeUpProvince(seed: number): MadeUpProvince {
  const seeded = new Seeded(seed);
  const departments = makeUpDepartments(seeded);
  const rows = departments.map((made) => made.department);
  const systems = makeUpSystems(seeded, departments);
  const facilities = makeUpFacilities(seeded);
  return {
    seed,
    departments: rows,
    systems,
    facilities,
    cabinets: makeUpCabinets(seeded, facilities.centers, rows),
    catalog: makeUpCatalog(seeded),
    users: makeUpPeople(seeded, rows),
  };
}
