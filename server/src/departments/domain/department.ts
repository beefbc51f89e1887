/** Decides what a department's code may be and where the department stands in the tree. */
import { say } from '../../kernel/bilingual.js';
import type { InvalidInput } from '../../kernel/refusal.js';

/** PROVINCE: a provincial department; CITY: a city, itself a delegated tenant; BUREAU: a city's bureau. */
export const DEPARTMENT_LEVELS = ['PROVINCE', 'CITY', 'BUREAU'] as const;
export type DepartmentLevel = (typeof DEPARTMENT_LEVELS)[number];

export interface Department {
  readonly id: string;
  /** Lasting: namespaces in the clusters are named after it. */
  readonly code: string;
  readonly name: string;
  readonly level: DepartmentLevel;
  readonly parentId: string | null;
  /** Codes from the root down, e.g. "/nanjing/nanjing-gaj/": a subtree is one prefix, and its order is the tree's. */
  readonly path: string;
}

/** CLOSED: nobody and nothing is put into it any more; what it did stays under its name. */
export const DEPARTMENT_STATES = ['ACTIVE', 'CLOSED'] as const;
export type DepartmentState = (typeof DEPARTMENT_STATES)[number];

export interface DepartmentRow extends Department {
  readonly state: DepartmentState;
  readonly version: number;
  /** Who is called when something is unclear; need not have an account. */
  readonly contactName: string | null;
  readonly contactPhone: string | null;
}

/** What may be changed of a department. Its code may not: namespaces are named after it. */
export interface DepartmentFacts {
  readonly name: string;
  readonly contactName: string | null;
  readonly contactPhone: string | null;
}

/** Namespaces are named "dept-" + code + what a cluster may add; 30 leaves room within a DNS label's 63. */
const DEPARTMENT_CODE_LENGTH_MAX = 30;
const DNS_SAFE = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

export function isDepartmentCode(text: string): boolean {
  return text.length <= DEPARTMENT_CODE_LENGTH_MAX && DNS_SAFE.test(text);
}

/** A bureau's code begins with its city's, so that a code that is taken is taken in the same city. */
export function isBureauCode(code: string, cityCode: string): boolean {
  return isDepartmentCode(code) && code.startsWith(`${cityCode}-`) && code.length > cityCode.length + 1;
}

/** As the columns are. */
const NAME_LENGTH_MAX = 80;
const PHONE = /^(?=.{5,20}$)\+?\d(?:[ -]?\d)*$/;

/** Every rule that the facts break; empty = good. */
export function wrongDepartmentFacts({ name, contactName, contactPhone }: DepartmentFacts): InvalidInput[] {
  const wrong: InvalidInput[] = [];
  if (!isName(name)) wrong.push(invalidName('name'));
  if (contactName !== null && !isName(contactName)) wrong.push(invalidName('contactName'));
  if (contactPhone !== null && !PHONE.test(contactPhone))
    wrong.push({
      code: 'INVALID_INPUT',
      path: ['contactPhone'],
      rule: 'phone',
      message: say(
        '电话须为数字，可带国家代码、空格和连字符',
        'A phone number is digits, with country code, spaces and hyphens',
      ),
    });
  return wrong;
}

function isName(text: string): boolean {
  return text.length > 0 && text.length <= NAME_LENGTH_MAX && text.trim() === text;
}

function invalidName(field: string): InvalidInput {
  return {
    code: 'INVALID_INPUT',
    path: [field],
    rule: 'length',
    message: say(
      `须为 1 至 ${NAME_LENGTH_MAX} 个字符，首尾没有空格`,
      `1 to ${NAME_LENGTH_MAX} characters, no space at either end`,
    ),
  };
}

export function departmentPath(parentPath: string | null, code: string): string {
  return `${parentPath ?? '/'}${code}/`;
}

const NAMESPACE_PREFIX = 'dept-';

/** The department's namespace in every cluster. */
export function namespaceOf(departmentCode: string): string {
  return `${NAMESPACE_PREFIX}${departmentCode}`;
}

/** Whose namespace it would be; null = no department's. */
export function codeOfNamespace(namespace: string): string | null {
  const code = namespace.startsWith(NAMESPACE_PREFIX) ? namespace.slice(NAMESPACE_PREFIX.length) : '';
  return isDepartmentCode(code) ? code : null;
}
