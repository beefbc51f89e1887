import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { badInput } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { OwnedAssetNode } from './assets.graphql.js';
import { AssetsService } from './assets.service.js';
import { ContractNode } from './contracts.graphql.js';
import { type Answer, ContractsService } from './contracts.service.js';
import { monthsBetween } from './domain/months.js';
import { sumOfCells } from './domain/reconciliation.js';
import { ContractEntryNode } from './entries.graphql.js';
import { EntriesService } from './entries.service.js';
import {
  DifferencePayload,
  ExplainDifferenceInput,
  ReconciliationCellNode,
  ReconciliationCenterNode,
  ReconciliationDetailNode,
  SpendDifferenceNode,
  SpendPartNode,
  SpendReconciliationNode,
  TakeBackDifferenceInput,
} from './reconciliation.graphql.js';
import { ReconciliationService } from './reconciliation.service.js';

/** Years of the console's accounts. */
const YEAR_MIN = 2000;
const YEAR_MAX = 2100;

/** 支出对账. Whoever reads spend reads the accounted side as far as the province's statements are his to read. */
@Resolver()
export class ReconciliationResolver {
  constructor(
    private readonly reconciliation: ReconciliationService,
    private readonly facilities: FacilitiesService,
    private readonly departments: DepartmentsService,
  ) {}

  @Query(() => SpendReconciliationNode)
  async spendReconciliation(
    @Context() ctx: RequestContext,
    @Args('year', { type: () => Int }) year: number,
  ): Promise<SpendReconciliationNode> {
    const scope = ctx.require('SPEND', 'READ');
    if (!Number.isInteger(year) || year < YEAR_MIN || year > YEAR_MAX)
      throw badInput(`year is ${YEAR_MIN} to ${YEAR_MAX}`);
    const { first, last } = this.reconciliation.monthsOf(year);
    const cells = await this.reconciliation.cells(scope, first, last);
    const byCenter = Map.groupBy(cells, ({ centerId }) => centerId);
    const byMonth = Map.groupBy(cells, ({ month }) => month);
    const known = await this.facilities.centersByIds([...byCenter.keys()].filter((id) => id !== null));
    const centers = new Map(known.filter((center) => center !== null).map((center) => [center.id, center]));
    const rows = [...byCenter].map(([centerId, of]): ReconciliationCenterNode & { order: string } => {
      const center = centerId === null ? undefined : centers.get(centerId);
      return {
        // What is of no center stands last.
        order: center ? center.code : '~',
        center: center ? new CenterNode(center) : null,
        cells: of.map((cell) => new ReconciliationCellNode(cell)),
        total: new ReconciliationCellNode(sumOfCells({ month: '', centerId }, of)),
      };
    });
    const months = monthsBetween(first, last);
    return {
      ...{ first, last, months },
      centers: rows.toSorted((a, b) => (a.order < b.order ? -1 : 1)),
      byMonth: months.map(
        (month) => new ReconciliationCellNode(sumOfCells({ month, centerId: null }, byMonth.get(month) ?? [])),
      ),
      total: new ReconciliationCellNode(sumOfCells({ month: '', centerId: null }, cells)),
    };
  }

  @Query(() => ReconciliationDetailNode, { description: 'What one figure is made of.' })
  async reconciliationDetail(
    @Context() ctx: RequestContext,
    @Args('month', { type: () => String, description: 'YYYY-MM' }) month: string,
    @Args('centerId', { type: () => ID, nullable: true, description: 'null = of no center.' }) center?: string | null,
  ): Promise<ReconciliationDetailNode> {
    const scope = ctx.require('SPEND', 'READ');
    if (!this.reconciliation.isMonth(month)) throw badInput('month is YYYY-MM');
    const centerId = center ? (uuidOf('Center', center) ?? '-') : null;
    const [cells, parts, accounted, differences] = await Promise.all([
      this.reconciliation.cells(scope, month, month),
      this.reconciliation.partsOfCell(month, centerId),
      this.reconciliation.accountedOfCell(scope, month, centerId),
      this.reconciliation.differencesOfCell(month, centerId),
    ]);
    const of = cells.filter((cell) => cell.centerId === centerId);
    const named = await ctx
      .loader(this.departments.departments)
      .loadMany(accounted.map(({ departmentId }) => departmentId));
    return {
      cell: new ReconciliationCellNode(sumOfCells({ month, centerId }, of)),
      spend: parts.map((part) => new SpendPartNode(part)),
      accounted: accounted.flatMap(({ amount, city }, at) => {
        const department = named[at];
        return department && !(department instanceof Error)
          ? [{ amount, city, department: new DepartmentNode(department) }]
          : [];
      }),
      differences: differences.map((row) => new SpendDifferenceNode(row)),
    };
  }

  @Mutation(() => DifferencePayload, { description: 'A named person says why spend and accounted cost differ.' })
  explainDifference(
    @Context() ctx: RequestContext,
    @Args('input') input: ExplainDifferenceInput,
  ): Promise<DifferencePayload> {
    ctx.require('SPEND', 'EDIT');
    const centerId = input.centerId ? (uuidOf('Center', input.centerId) ?? '-') : null;
    return payload(ctx, this.reconciliation.explain(ctx.requireViewer(), { ...input, centerId }));
  }

  @Mutation(() => DifferencePayload, { description: 'By one of the other sign; both stay.' })
  takeBackDifference(
    @Context() ctx: RequestContext,
    @Args('input') input: TakeBackDifferenceInput,
  ): Promise<DifferencePayload> {
    ctx.require('SPEND', 'EDIT');
    const wish = { ...input, id: uuidOf('SpendDifference', input.id) };
    return payload(ctx, this.reconciliation.takeBack(ctx.requireViewer(), wish));
  }
}

async function payload(ctx: RequestContext, answer: Answer): Promise<DifferencePayload> {
  const done = await answer;
  if (!done.ok) return { differenceId: null, errors: toUserErrors(done.error, ctx.locale) };
  return { differenceId: toNodeId('SpendDifference', done.value.id), errors: [] };
}

/** Where a part of spend comes from. */
@Resolver(() => SpendPartNode)
export class SpendPartsResolver {
  constructor(
    private readonly contracts: ContractsService,
    private readonly entries: EntriesService,
    private readonly assets: AssetsService,
  ) {}

  @ResolveField(() => ContractNode, { nullable: true })
  async contract(@Context() ctx: RequestContext, @Parent() { part }: SpendPartNode): Promise<ContractNode | null> {
    const row = part.contractId === null ? null : await ctx.loader(this.contracts.contractsByIds).load(part.contractId);
    return row && new ContractNode(row);
  }

  @ResolveField(() => ContractEntryNode, { nullable: true })
  async payment(@Context() ctx: RequestContext, @Parent() { part }: SpendPartNode): Promise<ContractEntryNode | null> {
    const row = part.entryId === null ? null : await ctx.loader(this.entries.byIds).load(part.entryId);
    return row && new ContractEntryNode(row);
  }

  @ResolveField(() => OwnedAssetNode, { nullable: true })
  async asset(@Context() ctx: RequestContext, @Parent() { part }: SpendPartNode): Promise<OwnedAssetNode | null> {
    const row = part.assetId === null ? null : await ctx.loader(this.assets.byIds).load(part.assetId);
    return row && new OwnedAssetNode(row);
  }
}
