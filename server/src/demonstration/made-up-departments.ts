import { type Department, departmentPath } from '../departments/domain/department.js';
import { CITIES, CITY_BUREAUS, CITY_SYSTEMS, PROVINCIAL_DEPARTMENTS } from './departments.data.js';
import type { Seeded } from './seeded.js';

export interface MadeUpDepartment {
  readonly department: Department;
  /** Systems of the kind that it runs. */
  readonly systemNames: readonly string[];
}

/** Numbers of an exchange that gives none to subscribers. */
export function madeUpPhone(count: number): string {
  return `025-5550 ${String(1_000 + count).padStart(4, '0')}`;
}

/** 61 provincial departments, the 13 cities and four bureaus in each; parents before their children. */
export function makeUpDepartments(seeded: Seeded): MadeUpDepartment[] {
  const made: MadeUpDepartment[] = [];
  const add = (
    level: Department['level'],
    code: string,
    name: string,
    systemNames: readonly string[],
    parent: Department | null = null,
  ): Department => {
    const path = departmentPath(parent?.path ?? null, code);
    const department = {
      id: seeded.id(),
      code,
      name,
      level,
      parentId: parent?.id ?? null,
      path,
      contactName: '信息中心值班室',
      contactPhone: madeUpPhone(made.length),
    };
    made.push({ department, systemNames });
    return department;
  };
  for (const [code, name, systems] of PROVINCIAL_DEPARTMENTS) add('PROVINCE', code, name, systems);
  for (const [cityCode, cityName] of CITIES) {
    const city = add('CITY', cityCode, cityName, CITY_SYSTEMS);
    for (const [code, name, systems] of CITY_BUREAUS)
      add('BUREAU', `${cityCode}-${code}`, `${cityName}${name}`, seeded.some(systems, 1), city);
  }
  return made;
}
