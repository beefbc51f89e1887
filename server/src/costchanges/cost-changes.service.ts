import { Injectable } from '@nestjs/common';
import { CostPivots, sided } from '../costs/cost-pivots.service.js';
import type { CostNarrow } from '../costs/costs.types.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { MeteringService } from '../metering/metering.service.js';
import { CostChangesRepository } from './cost-changes.repository.js';
import type { ChangeAnswer, ChangeQuestion, NamedUseChange } from './cost-changes.types.js';
import type { ChangePart } from './domain/change.js';
import { divided } from './domain/divided.js';

/** More than anybody reads at once; what is beyond stands as one. */
const GROUPS_MAX = 200;

/** 费用变动: why one month costs other than another, by any side of the pivot, down to the uses that moved. */
@Injectable()
export class CostChanges {
  constructor(
    private readonly repository: CostChangesRepository,
    private readonly pivots: CostPivots,
    private readonly metering: MeteringService,
  ) {}

  /** Four statements, whatever is asked. Between months that do not follow each other the changes of all on the way are added up. */
  async between(scope: TenantScope, { by, from, limit, to, ...narrow }: ChangeQuestion): Promise<ChangeAnswer> {
    const month = (at: string) => ({ ...narrow, from: at, to: at, basis: 'CHARGED' as const });
    const [passes, before, after] = await Promise.all([
      this.passes(from, to),
      this.pivots.sums(scope, month(from), by),
      this.pivots.sums(scope, month(to), by),
    ]);
    const ids = passes.map(({ passId }) => passId);
    const parts = await this.repository.sums(scope, sided(scope, narrow), ids, by);
    const most = Math.min(limit ?? GROUPS_MAX, GROUPS_MAX);
    return { ...divided({ before, after, parts }, most), madeAt: passes.at(-1)?.madeAt ?? null };
  }

  /** Uses that moved, the most first. */
  async uses(
    scope: TenantScope,
    { from, part, to, ...narrow }: CostNarrow & { from: string; to: string; part: ChangePart | null },
    page: PageRequest,
  ): Promise<Page<NamedUseChange>> {
    const ids = (await this.passes(from, to)).map(({ passId }) => passId);
    const found = await this.repository.uses(scope, sided(scope, narrow), ids, part, page);
    const names = await this.metering.namesOf(found.rows.map(({ resourceId }) => resourceId));
    return {
      ...found,
      rows: found.rows.map((row) => ({ ...row, ...(names.get(row.resourceId) ?? { code: row.resourceId, name: '' }) })),
    };
  }

  /** Of the months after the first, up to the last. */
  private async passes(from: string, to: string) {
    return (await this.repository.months()).filter(({ month }) => month > from && month <= to);
  }
}
