import type { Department } from '../departments/domain/department.js';
import type { DemonstrationAccountFacts } from '../identity/domain/demonstration.js';
import type { NewUser } from '../identity/identity.types.js';
import type { Role } from '../kernel/viewer.js';
import { CITIES, CITY_BUREAUS, PROVINCIAL_DEPARTMENTS } from './departments.data.js';
import { madeUpPhone } from './made-up-departments.js';
import { Seeded } from './seeded.js';

/** For every account of the demonstration; the sign-in page shows it. */
export const DEMONSTRATION_PASSWORD = 'Jiyun-Demo-2026';

/** Ids of their own sequence, so that everybody else stays who they are. */
const SECONDS_SEED = 20_261;

export type MadeUpUser = Omit<NewUser, 'passwordHash'>;

const CENTER = 'dsj';
/** The department that the tour goes through. */
export const TOUR_DEPARTMENT = 'rst';
const DEPARTMENT = TOUR_DEPARTMENT;

type Account = readonly [username: string, displayName: string, Role, department: string | null];

/** One person for each role. Code of the department, null = of none. */
const ACCOUNTS: readonly Account[] = [
  ['applicant', '陈晓舟', 'APPLICANT', DEPARTMENT],
  ['head', '顾文清', 'DEPARTMENT_HEAD', DEPARTMENT],
  ['vendor', '陆一鸣', 'VENDOR_STAFF', DEPARTMENT],
  ['acceptance', '沈雨桐', 'CENTER_ACCEPTANCE', CENTER],
  ['reviewer', '许正阳', 'CENTER_REVIEWER', CENTER],
  ['allocator', '丁思远', 'CAPACITY_ALLOCATOR', CENTER],
  ['facility', '蒋立群', 'FACILITY_ENGINEER', CENTER],
  ['operator', '吴佳宁', 'PROVIDER_OPERATOR', CENTER],
  ['authority', '朱明哲', 'CLOUD_AUTHORITY', 'sjj'],
  ['leader', '徐海宁', 'LEADER', 'zfb'],
  ['finance', '钱慧敏', 'FINANCE', 'czt'],
  ['recovery', '高子轩', 'DR_OPERATOR', CENTER],
  ['duty', '孙立新', 'DUTY_ENGINEER', CENTER],
  ['city', '范嘉木', 'CITY_ADMINISTRATOR', 'nanjing'],
  ['cityfinance', '金静怡', 'CITY_FINANCE', 'nanjing'],
  ['sysadmin', '郑安', 'SYSTEM_ADMINISTRATOR', CENTER],
  ['secadmin', '冯宁', 'SECURITY_ADMINISTRATOR', CENTER],
  ['auditadmin', '蔡静', 'AUDIT_ADMINISTRATOR', CENTER],
  ['assessor', '韩思齐', 'ASSESSOR', null],
];

/** Who closes a month, or confirms a payment, is never who asked for it: one person of finance sees only half of it. */
const SECONDS: readonly Account[] = [
  ['finance.czt', '孙静姝', 'FINANCE', 'czt'],
  ['cityfinance.nanjing', '周文君', 'CITY_FINANCE', 'nanjing'],
];

const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
const GIVEN_NAMES =
  '伟 敏 静 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 建华 晓东 志远 雨涵 子涵 欣怡 浩然 思源 嘉怡 俊杰 雪梅 丽华 文博 海燕 建国 春华 秋实 一凡 安琪 景行 若水 清扬 云帆 新月 书恒 令仪 承泽 维桢 知远 南星 予安 修远'.split(
    ' ',
  );

/**
 * The people of the list, an applicant and a head in every provincial department and city data bureau, and an
 * administrator in every city. Names of the made-up are drawn from common surnames and given names.
 */
export function makeUpPeople(seeded: Seeded, departments: readonly Department[]): MadeUpUser[] {
  const byCode = new Map(departments.map((department) => [department.code, department.id]));
  const idOf = (code: string): string => byCode.get(code) ?? unknownDepartment(code);
  const users: MadeUpUser[] = ACCOUNTS.map(([username, displayName, role, department]) => ({
    id: seeded.id(),
    username,
    displayName,
    departmentId: department === null ? null : idOf(department),
    roles: [role],
  }));
  const add = (kind: string, role: Role, code: string): void => {
    const displayName = `${seeded.pick([...SURNAMES])}${seeded.pick(GIVEN_NAMES)}`;
    users.push({ id: seeded.id(), username: `${kind}.${code}`, displayName, departmentId: idOf(code), roles: [role] });
  };
  for (const [code] of PROVINCIAL_DEPARTMENTS) {
    add('applicant', 'APPLICANT', code);
    add('head', 'DEPARTMENT_HEAD', code);
  }
  const [dataBureau] = CITY_BUREAUS[0] ?? unknownDepartment('sjj');
  for (const [city] of CITIES) {
    add('admin', 'CITY_ADMINISTRATOR', city);
    add('applicant', 'APPLICANT', `${city}-${dataBureau}`);
    add('head', 'DEPARTMENT_HEAD', `${city}-${dataBureau}`);
  }
  const apart = new Seeded(SECONDS_SEED);
  for (const [username, displayName, role, department] of SECONDS)
    users.push({
      ...{ id: apart.id(), username, displayName, roles: [role] },
      departmentId: department === null ? null : idOf(department),
    });
  return users.map((user, count) => ({ ...user, phone: madeUpPhone(2_000 + count) }));
}

/** One account for each role. They do not depend on the seed. */
export const demonstrationAccounts: readonly DemonstrationAccountFacts[] = ACCOUNTS.map(factsOf);

/** What the sign-in page and the start line show: those, and beside each whoever must be two. */
export const shownAccounts: readonly DemonstrationAccountFacts[] = ACCOUNTS.flatMap((account) => [
  account,
  ...SECONDS.filter(([, , role]) => role === account[2]),
]).map(factsOf);

function factsOf([username, displayName, role, department]: Account): DemonstrationAccountFacts {
  const departmentName = department === null ? null : nameOf(department);
  return { username, password: DEMONSTRATION_PASSWORD, displayName, role, departmentName };
}

function nameOf(code: string): string {
  const [, name] = [...PROVINCIAL_DEPARTMENTS, ...CITIES].find(([known]) => known === code) ?? unknownDepartment(code);
  return name;
}

function unknownDepartment(code: string): never {
  throw new Error(`the made-up province has no department ${code}`);
}
