import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { CenterNode } from '../facilities/facilities.types.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { SystemsService } from '../systems/systems.service.js';
import { DataCopyFilterInput, DataCopyListNode, type DataCopyNode } from './data-copies.graphql.js';
import { DataCopies, type DataCopy } from './data-copies.service.js';

/** More is for who narrows the list: the worst are among these. */
const COPIES_SHOWN = 200;

@Resolver(() => DataCopyListNode)
export class DataCopiesResolver {
  constructor(
    private readonly copies: DataCopies,
    private readonly systems: SystemsService,
  ) {}

  @Query(() => DataCopyListNode, {
    description:
      '资源数据副本 that VolSync and csi-addons carry between centers, with their age against what was promised.',
  })
  async dataCopies(
    @Context() ctx: RequestContext,
    @Args('filter', { type: () => DataCopyFilterInput, nullable: true }) filter: DataCopyFilterInput | null,
  ): Promise<DataCopyListNode> {
    const scope = ctx.require('DR_GROUP', 'READ');
    const systemId = filter?.systemId ? (uuidOf('System', filter.systemId) ?? '-') : null;
    const wanted = { levels: filter?.levels ?? [], systemId, search: searchText(filter?.search) };
    const { copies, counts, total } = await this.copies.list(scope, wanted, COPIES_SHOWN);
    return {
      total,
      copies: await Promise.all(copies.map((copy) => this.node(ctx, copy))),
      counts: [...counts].map(([level, n]) => ({ level, copies: n })),
    };
  }

  private async node(ctx: RequestContext, copy: DataCopy): Promise<DataCopyNode> {
    const { ageSeconds, center, level, machine, object, readAt, rpoSeconds, towards } = copy;
    const system = await ctx.loader(this.systems.systems).load(machine.systemId);
    return {
      ...{ kind: object.kind, object: `${object.namespace}/${object.name}`, level, ageSeconds, rpoSeconds, readAt },
      ...{ lastSyncAt: object.lastSyncAt, intervalSeconds: object.intervalSeconds, problem: object.problem },
      ...{ machineId: toNodeId('Resource', machine.id), machineName: machine.name },
      ...{ systemId: toNodeId('System', machine.systemId), systemName: system?.name ?? '–' },
      ...{ center: new CenterNode(center), towards: towards && new CenterNode(towards) },
    };
  }
}
