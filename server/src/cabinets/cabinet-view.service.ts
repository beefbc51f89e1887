import { Injectable } from '@nestjs/common';
import { uuidOf } from '../kernel/node-id.js';
import { covers, type TenantScope } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { CabinetBatches } from './cabinet-batches.js';
import { CabinetsService } from './cabinets.service.js';
import { CabinetHolderNode, CabinetNode, CabinetRowNode, RoomNode } from './cabinets.types.js';
import type { Cabinet, CabinetRow } from './domain/cabinet.js';
import type { Holder } from './domain/holder.js';

/**
 * What one viewer is shown. A department sees the cabinets that are its own or hold something of its own; of the rest in
 * them it sees that places are taken, and no sums from which a neighbour's draw could be worked out.
 */
@Injectable()
export class CabinetView {
  private readonly batches = new WeakMap<RequestContext, CabinetBatches>();

  constructor(private readonly cabinets: CabinetsService) {}

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

  cabinetNode(ctx: RequestContext, cabinet: Cabinet): CabinetNode {
    return new CabinetNode(cabinet, this.scope(ctx).kind === 'PROVINCE');
  }

  rowNode(ctx: RequestContext, row: CabinetRow): CabinetRowNode {
    return new CabinetRowNode(row, this.scope(ctx).kind === 'PROVINCE');
  }

  holderNode(ctx: RequestContext, holder: Holder, cabinet: Cabinet): CabinetHolderNode {
    const scope = this.scope(ctx);
    const own = holder.departmentId !== null && covers(scope, holder.departmentId);
    return new CabinetHolderNode(holder, cabinet, scope.kind === 'PROVINCE' || own);
  }

  async room(ctx: RequestContext, nodeId: string): Promise<RoomNode> {
    const room = await this.load(ctx, 'Room', nodeId, this.batchesOf(ctx).rooms);
    return new RoomNode(room);
  }

  async row(ctx: RequestContext, nodeId: string): Promise<CabinetRowNode> {
    return this.rowNode(ctx, await this.load(ctx, 'CabinetRow', nodeId, this.batchesOf(ctx).rows));
  }

  async cabinet(ctx: RequestContext, nodeId: string): Promise<CabinetNode> {
    return this.cabinetNode(ctx, await this.load(ctx, 'Cabinet', nodeId, this.batchesOf(ctx).byIds));
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
