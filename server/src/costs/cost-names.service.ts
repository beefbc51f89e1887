import { Injectable } from '@nestjs/common';
import { OF_NONE, sharesAsked } from '../accounting/domain/narrowing.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { RequestContext } from '../platform/graphql/request-context.js';
import { SystemsService } from '../systems/systems.service.js';
import type { CostAxisKey, CostNarrowArgs, CostNarrowing } from './costs.graphql.js';
import type { CostNarrow } from './costs.types.js';
import { type CostDimension, REST_KEY } from './domain/pivot.js';

/** Finds nothing. */
const NOBODY = '-';

type Named = { readonly name: string } | null | undefined;

/** By which words people know what costs are divided by, and what a question is narrowed to. */
@Injectable()
export class CostNames {
  constructor(
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
  ) {}

  async narrowOf(args: CostNarrowArgs): Promise<CostNarrow> {
    const ids = idsOf(args);
    return {
      side: args.side,
      departmentIds: ids.DEPARTMENT === null ? null : await this.departments.wholeTreeIds(ids.DEPARTMENT),
      ...{ systemId: ids.SYSTEM, projectId: ids.PROJECT, centerId: ids.CENTER },
      projectIds: args.budgetCode ? await this.systems.projectIdsOfBudgetCode(args.budgetCode) : null,
      shares: sharesAsked(args.share, args.onlyDr),
      kind: args.kind ?? null,
    };
  }

  /** Within the scope: a name is told to nobody who could not open it. */
  async narrowedTo(ctx: RequestContext, scope: TenantScope, args: CostNarrowArgs): Promise<CostNarrowing[]> {
    const ids = idsOf(args);
    const narrowings: readonly (readonly [keyof typeof ids, (id: string) => Promise<Named>])[] = [
      ['DEPARTMENT', (id) => this.departments.department(scope, id)],
      ['SYSTEM', (id) => this.systems.system(scope, id)],
      ['PROJECT', (id) => this.systems.project(scope, id)],
      ['CENTER', (id) => ctx.loader(this.facilities.centersByIds).load(id)],
    ];
    return Promise.all(
      narrowings.flatMap(([dimension, find]) => {
        const id = ids[dimension];
        if (id === OF_NONE) return [Promise.resolve({ dimension, name: null, below: 0 })];
        return id === null ? [] : [this.narrowing(dimension, id, find)];
      }),
    );
  }

  private async narrowing(
    dimension: CostNarrowing['dimension'],
    id: string,
    find: (id: string) => Promise<Named>,
  ): Promise<CostNarrowing> {
    const found = await find(id);
    const tree = dimension === 'DEPARTMENT' && found ? await this.departments.wholeTreeIds(id) : [id];
    return { dimension, name: found?.name ?? null, below: tree.length - 1 };
  }

  all(ctx: RequestContext, keys: readonly (string | null)[], dimension: CostDimension | null): Promise<CostAxisKey[]> {
    return Promise.all(keys.map((key) => this.named(ctx, key, dimension)));
  }

  private async named(ctx: RequestContext, key: string | null, dimension: CostDimension | null): Promise<CostAxisKey> {
    if (key === null || key === REST_KEY) return { key, label: null };
    switch (dimension) {
      case 'DEPARTMENT':
      case 'CITY':
        return {
          key: toNodeId('Department', key),
          label: (await ctx.loader(this.departments.departments).load(key))?.name ?? null,
        };
      case 'SYSTEM':
        return this.owned(ctx, toNodeId('System', key), await ctx.loader(this.systems.systems).load(key));
      case 'PROJECT':
        return this.owned(ctx, toNodeId('Project', key), await ctx.loader(this.systems.projects).load(key));
      case 'CENTER':
        return {
          key: toNodeId('Center', key),
          label: (await ctx.loader(this.facilities.centersByIds).load(key))?.name ?? null,
        };
      default:
        return { key, label: null };
    }
  }

  private async owned(
    ctx: RequestContext,
    key: string,
    found: { readonly name: string; readonly departmentId: string } | null,
  ): Promise<CostAxisKey> {
    const owner = found && (await ctx.loader(this.departments.departments).load(found.departmentId));
    return { key, label: found?.name ?? null, of: owner?.name ?? null };
  }
}

function idsOf({ centerId, departmentId, projectId, systemId }: CostNarrowArgs) {
  const idOf = (type: string, id: string | null | undefined) =>
    id === OF_NONE && type !== 'Department' ? OF_NONE : id ? (uuidOf(type, id) ?? NOBODY) : null;
  return {
    DEPARTMENT: idOf('Department', departmentId),
    SYSTEM: idOf('System', systemId),
    PROJECT: idOf('Project', projectId),
    CENTER: idOf('Center', centerId),
  };
}
