import type { Department } from '../departments/domain/department.js';
import type {
  AssessmentResult,
  BudgetLevel,
  Contact,
  DataClass,
  FundNature,
  GovernmentSystem,
  Project,
  SystemDetails,
} from '../systems/domain/system.js';
import type { VendorBinding } from '../systems/domain/vendor-binding.js';
import type { MadeUpUser } from './made-up-people.js';
import type { MadeUpSystems } from './made-up-systems.js';
import type { Seeded } from './seeded.js';

const COMPANIES = ['云帆信息技术有限公司', '清扬数据服务有限公司', '远图软件有限公司', '新域网络科技有限公司'] as const;
const CONTACT_NAMES = ['王建华', '李晓东', '张敏', '刘志远', '陈雪梅', '杨文博', '赵海燕', '周俊杰'] as const;
const CONTACT_ROLES = ['业务负责人', '技术负责人', '值班电话'] as const;
const TARGETS = [
  '系统可用率不低于 99.9%',
  '网上办件占比不低于 90%',
  '年度安全事件为零',
  '数据共享接口按时更新率 100%',
  '业务高峰平均响应时间不超过 2 秒',
] as const;
/** 类款项 of general public services, social security, public security. */
const FUNCTION_CLASSES = ['2010399', '2080199', '2040219', '2060199', '2150899'] as const;
/** 委托业务费, 信息网络及软件购置更新, 维修(护)费, 租赁费. */
const ECONOMIC_CLASSES = ['30227', '31007', '30213', '30214'] as const;
const FEN_PER_TEN_THOUSAND_YUAN = 1_000_000n;

/** The vendor's account of the tour: two systems that it looks after, and one that it no longer does. */
const VENDOR = 'vendor';
const VENDOR_SYSTEMS = 2;
const LONG_FROM_NOW = '2030-12-31';
const OVER = '2026-06-30';

export type MadeUpRecords = MadeUpSystems & { readonly bindings: readonly VendorBinding[] };

/**
 * The full records of the systems and projects, incomplete as an inventory is: some systems have no owner, declarations
 * run out, some levels are not filed, some projects lack their budget keys.
 */
export function makeUpRecords(
  seeded: Seeded,
  { systems, projects, links }: MadeUpSystems,
  departments: readonly Department[],
  users: readonly MadeUpUser[],
): MadeUpRecords {
  const byId = new Map(departments.map((department) => [department.id, department]));
  const staff = Map.groupBy(
    users.filter((user) => user.roles.some((role) => role !== 'VENDOR_STAFF')),
    (user) => user.departmentId,
  );
  const whole = systems.map((system): GovernmentSystem => {
    const department = byId.get(system.departmentId) as Department;
    const people = staff.get(department.id) ?? staff.get(department.parentId) ?? [];
    return { ...system, ...detailsOf(seeded, system, department, people) };
  });
  return {
    systems: whole,
    projects: projects.map((project) => withKeys(seeded, project, byId.get(project.departmentId) as Department)),
    links,
    bindings: bindingsOf(seeded, whole, users),
  };
}

function detailsOf(
  seeded: Seeded,
  system: GovernmentSystem,
  department: Department,
  people: readonly MadeUpUser[],
): Partial<SystemDetails> {
  const isHigh = system.protectionLevel === 3;
  const assessed = system.filed && seeded.chance(88);
  const crypto = isHigh && seeded.chance(60);
  const users = 10 ** (2 + seeded.below(4)) * (1 + seeded.below(9));
  const owned = people.length > 0 && seeded.chance(92);
  const declared = seeded.below(100);
  return {
    ownerUserId: owned ? seeded.pick(people).id : null,
    description: `${department.name}${system.name}，面向${isHigh ? '公众和全省单位' : '本单位工作人员'}提供服务。`,
    ...(system.filed
      ? {
          filingNumber: `32${String(seeded.below(1_000_000_000)).padStart(9, '0')}-${String(seeded.below(100_000)).padStart(5, '0')}`,
          filingOrgan: department.level === 'PROVINCE' ? '省公安厅' : '市公安局',
          filedOn: dayIn(seeded, 2023 + seeded.below(3)),
        }
      : {}),
    ...(assessed ? { assessedOn: dayIn(seeded, 2026), assessmentResult: resultOf(seeded) } : {}),
    ...(crypto
      ? {
          cryptoAssessedOn: dayIn(seeded, 2026),
          cryptoResult: resultOf(seeded),
          cryptoNumber: `MP-2026-${String(seeded.below(10_000)).padStart(4, '0')}`,
        }
      : {}),
    declarationValidUntil: declared < 8 ? null : validUntil(seeded, declared),
    dataClass: seeded.chance(85) ? dataClassOf(seeded, isHigh) : null,
    criticalInfrastructure: isHigh && seeded.chance(12),
    sharesData: seeded.chance(isHigh ? 70 : 30),
    availabilityMilliPercent: isHigh ? seeded.pick([99_900, 99_950, 99_990]) : seeded.pick([99_000, 99_500, null]),
    usersEstimate: users,
    concurrencyEstimate: Math.ceil(users / 20),
    contacts: contactsOf(seeded),
    vendorCompany: seeded.chance(80) ? seeded.pick(COMPANIES) : null,
  };
}

/** A day of that year which lies before the demonstration's own beginning in November. */
function dayIn(seeded: Seeded, year: number): string {
  const [month, day] = [1 + seeded.below(10), 1 + seeded.below(28)];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function validUntil(seeded: Seeded, dice: number): string {
  if (dice < 14) return dayIn(seeded, 2026);
  if (dice < 24) return `2026-12-${String(1 + seeded.below(31)).padStart(2, '0')}`;
  return dayIn(seeded, 2028 + seeded.below(3));
}

function resultOf(seeded: Seeded): AssessmentResult {
  return seeded.chance(70)
    ? 'CONFORMING'
    : seeded.pick(['BASICALLY_CONFORMING', 'BASICALLY_CONFORMING', 'NOT_CONFORMING']);
}

function dataClassOf(seeded: Seeded, isHigh: boolean): DataClass {
  if (!isHigh) return 'GENERAL';
  return seeded.chance(92) ? 'IMPORTANT' : 'CORE';
}

function contactsOf(seeded: Seeded): Contact[] {
  return seeded.some(CONTACT_ROLES, 1 + seeded.below(3)).map((role) => ({
    name: seeded.pick(CONTACT_NAMES),
    // 025-0 is given to nobody.
    phone: `025-0${String(seeded.below(10_000_000)).padStart(7, '0')}`,
    role,
  }));
}

function withKeys(seeded: Seeded, project: Project, department: Department): Project {
  const known = seeded.chance(94);
  const budgetLevel: BudgetLevel = department.level === 'PROVINCE' ? 'PROVINCE' : 'CITY';
  const number = 1 + seeded.below(400);
  return {
    ...project,
    approvalNumber: known ? `发改信息〔${project.budgetYear}〕${number}号` : null,
    filingNumber: known ? `BA-${project.budgetYear}-${String(number).padStart(4, '0')}` : null,
    filedOn: known ? dayIn(seeded, project.budgetYear) : null,
    budgetLevel,
    budgetCode: known ? `3200${project.budgetYear}${String(seeded.below(10_000_000)).padStart(7, '0')}` : null,
    functionClass: known ? seeded.pick(FUNCTION_CLASSES) : null,
    economicClass: known ? seeded.pick(ECONOMIC_CLASSES) : null,
    fundNature: known ? natureOf(project.fundSource) : null,
    totalBudgetFen: BigInt(20 + seeded.below(3_000)) * FEN_PER_TEN_THOUSAND_YUAN,
    performanceTargets: seeded.some(TARGETS, 1 + seeded.below(3)),
  };
}

function natureOf(fundSource: string): FundNature {
  if (fundSource.includes('债券')) return 'SPECIAL_BOND';
  return fundSource.includes('自有') ? 'OWN_FUNDS' : 'GENERAL_BUDGET';
}

function bindingsOf(
  seeded: Seeded,
  systems: readonly GovernmentSystem[],
  users: readonly MadeUpUser[],
): VendorBinding[] {
  const vendor = users.find((user) => user.username === VENDOR);
  const theirs = vendor ? systems.filter((system) => system.departmentId === vendor.departmentId) : [];
  return theirs.slice(0, VENDOR_SYSTEMS + 1).map((system, index) => ({
    id: seeded.id(),
    systemId: system.id,
    userId: vendor?.id ?? null,
    name: vendor?.displayName ?? '',
    phone: '025-00000000',
    company: system.vendorCompany ?? COMPANIES[0],
    until: index < VENDOR_SYSTEMS ? LONG_FROM_NOW : OVER,
  }));
}
