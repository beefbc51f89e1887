import type { Department } from '../departments/domain/department.js';
import {
  type GovernmentSystem,
  type PaymentLink,
  type Project,
  type ProtectionLevel,
  UNKNOWN_DETAILS,
  UNKNOWN_PROJECT_DETAILS,
} from '../systems/domain/system.js';
import { COMMON_SYSTEMS } from './departments.data.js';
import type { MadeUpDepartment } from './made-up-departments.js';
import type { Seeded } from './seeded.js';

const COMMON_SYSTEMS_PER_DEPARTMENT = 2;
/** One project pays for about that many systems. */
const SYSTEMS_PER_PROJECT = 4;
const FUND_SOURCES = ['省级财政资金', '省级财政资金', '中央财政补助', '地方政府专项债券', '单位自有资金'] as const;
const CITY_FUND_SOURCES = ['市级财政资金', '市级财政资金', '省级财政补助'] as const;
const WORKS = ['升级改造', '新建', '运行维护', '信创改造', '扩容'] as const;

export interface MadeUpSystems {
  readonly systems: readonly GovernmentSystem[];
  readonly projects: readonly Project[];
  readonly links: readonly PaymentLink[];
}

/** About 600 systems, each paid for today by at least one of about 200 projects of its department. */
export function makeUpSystems(seeded: Seeded, departments: readonly MadeUpDepartment[]): MadeUpSystems {
  const made = { systems: [] as GovernmentSystem[], projects: [] as Project[], links: [] as PaymentLink[] };
  for (const { department, systemNames } of departments) {
    const common = department.level === 'PROVINCE' ? seeded.some(COMMON_SYSTEMS, COMMON_SYSTEMS_PER_DEPARTMENT) : [];
    const systems = [...systemNames, ...common].map((name, index) => makeUpSystem(seeded, department, name, index + 1));
    made.systems.push(...systems);
    for (let first = 0; first < systems.length; first += SYSTEMS_PER_PROJECT)
      payFor(seeded, department, systems.slice(first, first + SYSTEMS_PER_PROJECT), made);
  }
  return made;
}

function makeUpSystem(seeded: Seeded, department: Department, name: string, serial: number): GovernmentSystem {
  const protectionLevel = protectionLevelOf(seeded);
  // The more a system matters, the more likely it stands in two centers.
  const dual = seeded.chance(protectionLevel === 3 ? 60 : 10);
  return {
    ...UNKNOWN_DETAILS,
    id: seeded.id(),
    code: `XT-${department.code.toUpperCase()}-${String(serial).padStart(3, '0')}`,
    name,
    departmentId: department.id,
    protectionLevel,
    localMode: dual ? 'DUAL_ACTIVE' : 'SINGLE',
    remoteMode: dual
      ? seeded.pick(['DATA', 'DATA', 'APPLICATION'] as const)
      : seeded.pick(['NONE', 'NONE', 'DATA'] as const),
    filed: protectionLevel > 1 && seeded.chance(92),
    frozen: false,
  };
}

function protectionLevelOf(seeded: Seeded): ProtectionLevel {
  const dice = seeded.below(100);
  if (dice < 15) return 1;
  return dice < 65 ? 2 : 3;
}

/** One project for these systems now, and for some of them another that has ended. */
function payFor(
  seeded: Seeded,
  department: Department,
  systems: readonly GovernmentSystem[],
  made: { projects: Project[]; links: PaymentLink[] },
): void {
  const [main] = systems;
  if (!main) return;
  const now = makeUpProject(seeded, department, main, 2026, made.projects.length + 1);
  made.projects.push(now);
  // No end: a demonstration that is started years later still has somebody who pays.
  made.links.push(
    ...systems.map((system) => ({ systemId: system.id, projectId: now.id, from: '2026-01-01', to: null })),
  );
  if (department.level === 'BUREAU' || !seeded.chance(10)) return;
  const before = makeUpProject(seeded, department, main, 2025, made.projects.length + 1);
  made.projects.push(before);
  made.links.push({ systemId: main.id, projectId: before.id, from: '2025-01-01', to: '2026-01-01' });
}

function makeUpProject(
  seeded: Seeded,
  department: Department,
  main: GovernmentSystem,
  budgetYear: number,
  serial: number,
): Project {
  return {
    ...UNKNOWN_PROJECT_DETAILS,
    id: seeded.id(),
    code: `XM-${budgetYear}-${String(serial).padStart(4, '0')}`,
    name: `${department.name}${main.name}${seeded.pick(WORKS)}项目`,
    departmentId: department.id,
    budgetYear,
    fundSource: seeded.pick(department.level === 'PROVINCE' ? FUND_SOURCES : CITY_FUND_SOURCES),
  };
}
