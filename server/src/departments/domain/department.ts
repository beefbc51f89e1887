/** Decides what a department's code may be and where the department stands in the tree. */

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

/** Namespaces are named "dept-" + code + what a cluster may add; 30 leaves room within a DNS label's 63. */
const DEPARTMENT_CODE_LENGTH_MAX = 30;
const DNS_SAFE = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

export function isDepartmentCode(text: string): boolean {
  return text.length <= DEPARTMENT_CODE_LENGTH_MAX && DNS_SAFE.test(text);
}

export function departmentPath(parentPath: string | null, code: string): string {
  return `${parentPath ?? '/'}${code}/`;
}

/** The department's namespace in every cluster. */
export function namespaceOf(departmentCode: string): string {
  return `dept-${departmentCode}`;
}
