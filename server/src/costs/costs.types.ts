import { type LineNarrow, OF_NONE } from '../accounting/domain/narrowing.js';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import { inList } from '../platform/database/unit-of-work.js';

/** CHARGED: by the statement that it stands on, so that a month comes to what was closed. USED: by the month of use. */
export const COST_BASES = ['CHARGED', 'USED'] as const;
export type CostBasis = (typeof COST_BASES)[number];

/** A city's accounts never enter the province's total: a question is of one side. */
export const COST_SIDES = ['PROVINCE', 'CITIES'] as const;
export type CostSide = (typeof COST_SIDES)[number];

/** What a question about costs is narrowed to. */
export interface CostNarrow extends LineNarrow {
  /** null = whoever asks sees no whole province, and all that is his. */
  readonly side: CostSide | null;
  readonly departmentIds: readonly string[] | null;
  /** An id, or OF_NONE. */
  readonly systemId: string | null;
  readonly projectId: string | null;
  readonly centerId: string | null;
}

export interface CostFilter extends CostNarrow {
  readonly from: string;
  /** Included. */
  readonly to: string;
  readonly basis: CostBasis;
}

/** The same conditions, of what was read already. */
export function isWithin(scope: TenantScope, narrow: CostNarrow): (of: CostSides) => boolean {
  const own = scope.kind === 'PROVINCE' ? null : new Set(scope.departmentIds);
  const departments = narrow.departmentIds && new Set(narrow.departmentIds);
  const projects = narrow.projectIds && new Set(narrow.projectIds);
  const one = (asked: string | null, id: string | null) => asked === null || (asked === OF_NONE ? null : asked) === id;
  return ({ centerId, cityId, departmentId, kind, projectId, share, systemId }) =>
    (own === null || own.has(departmentId)) &&
    (!narrow.side || (narrow.side === 'PROVINCE') === (cityId === null)) &&
    (!departments || departments.has(departmentId)) &&
    one(narrow.systemId, systemId) &&
    one(narrow.projectId, projectId) &&
    one(narrow.centerId, centerId) &&
    (!projects || (projectId !== null && projects.has(projectId))) &&
    (!narrow.shares || narrow.shares.includes(share)) &&
    (!narrow.kind || narrow.kind === kind);
}

export interface CostSides {
  readonly cityId: string | null;
  readonly departmentId: string;
  readonly systemId: string | null;
  readonly projectId: string | null;
  readonly centerId: string | null;
  readonly kind: MeteredKind;
  readonly share: ShareName;
}

/** The same conditions on every table that is divided by what costs are divided by. */
export function narrowConditions(
  scope: TenantScope,
  narrow: CostNarrow,
): { readonly parts: readonly string[]; readonly values: readonly unknown[] } {
  const parts: string[] = [];
  const values: unknown[] = [];
  const add = (part: string, ...more: unknown[]): void => {
    parts.push(part);
    values.push(...more);
  };
  const one = (column: string, id: string | null): void => {
    if (id === OF_NONE) add(`${column} is null`);
    else if (id) add(`${column} = ?`, id);
  };
  if (scope.kind !== 'PROVINCE') add('department_id in (?)', inList(scope.departmentIds));
  if (narrow.side) add(narrow.side === 'PROVINCE' ? 'city_id is null' : 'city_id is not null');
  if (narrow.departmentIds) add('department_id in (?)', inList(narrow.departmentIds));
  one('system_id', narrow.systemId);
  one('project_id', narrow.projectId);
  one('center_id', narrow.centerId);
  if (narrow.projectIds) add('project_id in (?)', inList(narrow.projectIds));
  if (narrow.shares) add('share in (?)', inList(narrow.shares));
  if (narrow.kind) add('kind = ?', narrow.kind);
  return { parts, values };
}
