import { Injectable } from '@nestjs/common';
import { monthsOfSpan } from '../accounting/domain/accounting-units.js';
import { UsedUnitsService } from '../accounting/used-units.service.js';
import { CostPivots } from '../costs/cost-pivots.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import type { Fen } from '../kernel/money.js';
import type { TenantScope } from '../kernel/viewer.js';
import { valuesOf } from './domain/assumptions.js';
import { type Comparison, compare } from './domain/comparison.js';
import { fieldOf, type SiteUse, siteUses } from './domain/site-use.js';
import type { SelfBuildEditionRow } from './self-build.entity.js';

export interface ComparisonQuestion {
  /** With all below it; one of the two is given. */
  readonly departmentId: string | null;
  readonly systemId: string | null;
  /** YYYY-MM, both included. */
  readonly first: string;
  readonly last: string;
  readonly years: number;
}

export interface ComparisonAnswer {
  readonly comparison: Comparison;
  readonly sites: readonly SiteUse[];
  /** What stands beside it: machines, data, servers and space. */
  readonly accounted: Fen;
  /** Services and addresses, which stand on neither side. */
  readonly beside: Fen;
  readonly months: number;
  /** Months of it of which something is not closed: another day they may come to something else. */
  readonly draftedMonths: readonly string[];
}

/** Kinds whose meters somebody builds by. */
const BUILT = new Set(['MACHINE', 'DATA', 'SERVER', 'SPACE']);

/** 自建成本对比: the same resources built for oneself, by one edition of assumptions. Both sides can be reckoned again. */
@Injectable()
export class SelfBuildComparisons {
  constructor(
    private readonly used: UsedUnitsService,
    private readonly pivots: CostPivots,
    private readonly departments: DepartmentsService,
  ) {}

  /** null = nothing of theirs that the viewer sees was in use in these months. */
  async compare(
    scope: TenantScope,
    edition: SelfBuildEditionRow,
    { departmentId, first, last, systemId, years }: ComparisonQuestion,
  ): Promise<ComparisonAnswer | null> {
    const departmentIds = await this.departmentsOf(departmentId, systemId, first, last);
    const [units, costs] = await Promise.all([
      this.used.of(scope, { departmentIds, systemId, first, last }),
      this.pivots.pivot(scope, {
        ...{ rows: 'KIND', columns: null, from: first, to: last, basis: 'USED', side: null },
        ...{ departmentIds, systemId, projectId: null, centerId: null },
      }),
    ]);
    const used = units.filter(({ meter }) => fieldOf(meter) !== null);
    if (used.length === 0) return null;
    const sumOf = (built: boolean): Fen =>
      costs.rows.reduce((sum, { key, total }) => (BUILT.has(key ?? '') === built ? sum + total : sum), 0n);
    const months = monthsOfSpan(first, last);
    const sites = siteUses(used, this.used.secondsOf(first, last));
    const accounted = sumOf(true);
    const comparison = compare({ values: valuesOf(edition.content), sites, accounted, months, years });
    return { comparison, sites, accounted, beside: sumOf(false), months, draftedMonths: costs.draftedMonths };
  }

  private async departmentsOf(
    departmentId: string | null,
    systemId: string | null,
    first: string,
    last: string,
  ): Promise<readonly string[]> {
    if (departmentId !== null) return this.departments.wholeTreeIds(departmentId);
    return systemId === null ? [] : this.pivots.departmentsOfSystem(systemId, first, last);
  }
}
