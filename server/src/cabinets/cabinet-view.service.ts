import { Injectable } from '@nestjs/common';
import { CapacityFigures } from '../departments/capacity-figures.service.js';
import { uuidOf } from '../kernel/node-id.js';
import { covers, type TenantScope } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { CabinetBatches } from './cabinet-batches.js';
import { CabinetsService } from './cabinets.service.js';
import { CabinetHolderNode, CabinetNode, CabinetRowNode, RoomNode } from './cabinets.types.js';
import type { Cabinet, CabinetRow } from './domain/cabinet.js';
import type { Holder } from './domain/holder.js';

/** What a viewer's office lets him see of cabinets; which of them, his scope says. */
export interface Sight {
  readonly scope: TenantScope;
  /** Of the place: what is taken, what is free, what is carried. Not for a city (design §1). */
  readonly figures: boolean;
}

/**
 * What one viewer is shown. A department sees the cabinets that are its own or hold something of its own; of the rest in
 * them it sees that places are taken, and no sums from which a neighbour's draw could be worked out.
 */
@Injectable()
export class CabinetView {
  private readonly batches = new WeakMap<RequestContext, CabinetBatches>();

  constructor(
    private readonly cabinets: CabinetsService,
    private readonly figures: CapacityFigures,
  ) {}

  scope(ctx: RequestContext): TenantScope {
    return ctx.require('CABINET', 'READ');
  }

  batchesOf(ctx: RequestContext): CabinetBatches {
    const known = this.batches.get(ctx);
    if (known) return known;
    const made = new CabinetBatches(this.cabinets, this.scope(ctx));
    this.batches.set(ctx, made);
    return made;
  }

  async sight(ctx: RequestContext): Promise<Sight> {
    return { scope: this.scope(ctx), figures: await this.figures.shownTo(ctx) };
  }

  cabinetNode(sight: Sight, cabinet: Cabinet): CabinetNode {
    return new CabinetNode(cabinet, {
      whole: sight.scope.kind === 'PROVINCE',
      figures: sight.figures || isWhollyTheirs(sight, cabinet),
    });
  }

  rowNode({ scope, figures }: Sight, row: CabinetRow): CabinetRowNode {
    return new CabinetRowNode(row, { whole: scope.kind === 'PROVINCE', figures });
  }

  /** From the bottom up. */
  holderNodes(sight: Sight, holders: readonly Holder[], cabinet: Cabinet): CabinetHolderNode[] {
    return this.seenOf(sight, holders, cabinet).map(({ one, whole }) => new CabinetHolderNode(one, cabinet, whole));
  }

  /**
   * What of a cabinet's holders, today's or of the past, this viewer sees: `whole` = with whose it is, otherwise only
   * that the place is taken. Places of others would let a city reckon what is free, so it sees its own.
   */
  seenOf<T extends { readonly departmentId: string | null }>(
    sight: Sight,
    holders: readonly T[],
    cabinet: Pick<Cabinet, 'departmentId'>,
  ): { readonly one: T; readonly whole: boolean }[] {
    const { scope, figures } = sight;
    const othersToo = figures || isWhollyTheirs(sight, cabinet);
    return holders
      .map((one) => ({
        one,
        whole: scope.kind === 'PROVINCE' || (one.departmentId !== null && covers(scope, one.departmentId)),
      }))
      .filter(({ whole }) => othersToo || whole);
  }

  async room(ctx: RequestContext, nodeId: string): Promise<RoomNode> {
    const room = await this.load(ctx, 'Room', nodeId, this.batchesOf(ctx).rooms);
    return new RoomNode(room);
  }

  async row(ctx: RequestContext, nodeId: string): Promise<CabinetRowNode> {
    const row = await this.load(ctx, 'CabinetRow', nodeId, this.batchesOf(ctx).rows);
    return this.rowNode(await this.sight(ctx), row);
  }

  async cabinet(ctx: RequestContext, nodeId: string): Promise<CabinetNode> {
    const cabinet = await this.load(ctx, 'Cabinet', nodeId, this.batchesOf(ctx).byIds);
    return this.cabinetNode(await this.sight(ctx), cabinet);
  }

  private async load<T>(
    ctx: RequestContext,
    type: string,
    nodeId: string,
    batch: (ids: readonly string[]) => Promise<(T | null)[]>,
  ): Promise<T> {
    const id = uuidOf(type, nodeId);
    const row = id === undefined ? null : await ctx.loader(batch).load(id);
    if (row === null) throw notFound(ctx.locale);
    return row;
  }
}

function isWhollyTheirs({ scope }: Sight, { departmentId }: Pick<Cabinet, 'departmentId'>): boolean {
  return departmentId !== null && covers(scope, departmentId);
}
