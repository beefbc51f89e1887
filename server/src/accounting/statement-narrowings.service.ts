import { Injectable } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { uuidOf } from '../kernel/node-id.js';
import type { TenantScope } from '../kernel/viewer.js';
import { METERED_KINDS } from '../metering/domain/intervals.js';
import type { RequestContext } from '../platform/graphql/request-context.js';
import { SystemsService } from '../systems/systems.service.js';
import { type LineNarrow, OF_NONE, sharesAsked } from './domain/narrowing.js';
import type { StatementNarrowArgs, StatementNarrowedTo } from './statement-narrowings.graphql.js';

/** Finds nothing. */
const NOBODY = '-';

type Named = { readonly name: string } | null | undefined;

/** What a question about a statement's lines is narrowed to: as columns hold it, and as people call it. */
@Injectable()
export class StatementNarrowings {
  constructor(
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
  ) {}

  async of(args: StatementNarrowArgs): Promise<LineNarrow> {
    const { budgetCode, kind } = args;
    const ids = idsOf(args);
    return {
      ...{ systemId: ids.SYSTEM, projectId: ids.PROJECT, centerId: ids.CENTER },
      projectIds: budgetCode ? await this.systems.projectIdsOfBudgetCode(budgetCode) : null,
      shares: sharesAsked(args.share, args.onlyDr),
      kind: kind && METERED_KINDS.includes(kind) ? kind : null,
    };
  }

  /** Within the scope: a name is told to nobody who could not open it. */
  async named(ctx: RequestContext, scope: TenantScope, args: StatementNarrowArgs): Promise<StatementNarrowedTo[]> {
    const ids = idsOf(args);
    const find: { readonly [side in keyof typeof ids]: (id: string) => Promise<Named> } = {
      SYSTEM: (id) => this.systems.system(scope, id),
      PROJECT: (id) => this.systems.project(scope, id),
      CENTER: (id) => ctx.loader(this.facilities.centersByIds).load(id),
    };
    const asked = (['SYSTEM', 'PROJECT', 'CENTER'] as const).filter((side) => ids[side] !== null);
    return Promise.all(
      asked.map(async (side) => {
        const id = ids[side] as string;
        return { side, name: id === OF_NONE ? null : ((await find[side](id))?.name ?? null) };
      }),
    );
  }
}

function idsOf({ centerId, projectId, systemId }: StatementNarrowArgs) {
  const idOf = (type: string, id: string | null | undefined) =>
    id === OF_NONE ? OF_NONE : id ? (uuidOf(type, id) ?? NOBODY) : null;
  return { SYSTEM: idOf('System', systemId), PROJECT: idOf('Project', projectId), CENTER: idOf('Center', centerId) };
}
