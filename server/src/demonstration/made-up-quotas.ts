import type { Department } from '../departments/domain/department.js';
import { NO_LIMITS, type QuotaAmounts, type QuotaSubject } from '../quotas/domain/quota.js';
import type { MadeUpSystems } from './made-up-systems.js';
import type { Seeded } from './seeded.js';

export interface MadeUpQuota {
  readonly subject: QuotaSubject;
  readonly limits: QuotaAmounts;
}

/** So many machines a department may have: several times what its made-up past asks for. */
const MACHINES_PER_DEPARTMENT = 240;
const MACHINES_PER_CITY = 900;
const MACHINES_PER_BUREAU = 180;
/** What one machine is reckoned with. */
const VCPU_PER_MACHINE = 16;
const MEMORY_MIB_PER_MACHINE = 64 * 1024;
const STORAGE_GIB_PER_MACHINE = 1_000;
/** One server for so many machines; a rack unit for each, and 200 W: a whole cabinet in each center is within that. */
const MACHINES_PER_SERVER = 12;
/** A department's first trial of a model takes one machine of two cards in each center. */
const MACHINES_PER_ACCELERATOR = 6;
const HALF_UNITS_PER_MACHINE = 2;
const POWER_W_PER_MACHINE = 200;
/** Few systems have a limit of their own. */
const SYSTEM_IS_LIMITED_PERCENT = 6;
const SYSTEMS_SHARE = 2;

/** A quota for every department, with room for what a demonstration asks for; `scale` grows with the made-up past. */
export function makeUpQuotas(
  seeded: Seeded,
  departments: readonly Department[],
  { systems, projects }: MadeUpSystems,
  scale: number,
): MadeUpQuota[] {
  const ofDepartments = departments.map(
    ({ id, name, level }): MadeUpQuota => ({
      subject: { level: 'DEPARTMENT', id, name, departmentId: id },
      limits: limitsFor(machinesOf(level) * scale),
    }),
  );
  const levels = new Map(departments.map((department) => [department.id, department.level]));
  const ofSystems = systems.map(({ id, name, departmentId }): MadeUpQuota => {
    const machines = (machinesOf(levels.get(departmentId) ?? 'BUREAU') * scale) / SYSTEMS_SHARE;
    return {
      subject: { level: 'SYSTEM', id, name, departmentId },
      limits: seeded.chance(SYSTEM_IS_LIMITED_PERCENT) ? limitsFor(machines) : NO_LIMITS,
    };
  });
  const ofProjects = projects.map(
    ({ id, name, departmentId }): MadeUpQuota => ({
      subject: { level: 'PROJECT', id, name, departmentId },
      limits: NO_LIMITS,
    }),
  );
  return [...ofDepartments, ...ofSystems, ...ofProjects];
}

function machinesOf(level: Department['level']): number {
  if (level === 'CITY') return MACHINES_PER_CITY;
  return level === 'BUREAU' ? MACHINES_PER_BUREAU : MACHINES_PER_DEPARTMENT;
}

function limitsFor(machines: number): QuotaAmounts {
  return {
    MACHINE: machines,
    VCPU: machines * VCPU_PER_MACHINE,
    MEMORY_MIB: machines * MEMORY_MIB_PER_MACHINE,
    STORAGE_GIB: machines * STORAGE_GIB_PER_MACHINE,
    ACCELERATOR: Math.floor(machines / MACHINES_PER_ACCELERATOR),
    SERVER: Math.floor(machines / MACHINES_PER_SERVER),
    CABINET_HALF_UNIT: machines * HALF_UNITS_PER_MACHINE,
    POWER_W: machines * POWER_W_PER_MACHINE,
  };
}
