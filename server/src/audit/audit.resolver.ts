import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { scopeFor } from '../kernel/viewer.js';
import { badInput } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { AuditEventConnection, AuditEventNode, AuditFilterInput } from './audit.graphql.js';
import { AuditService } from './audit.service.js';

@Resolver(() => AuditEventNode)
export class AuditResolver implements OnModuleInit {
  constructor(
    private readonly audit: AuditService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('AuditEvent', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'AUDIT', 'READ');
      const entry = scope ? await this.audit.entry(scope, id) : null;
      return entry && new AuditEventNode(entry, ctx.locale);
    });
  }

  @Query(() => AuditEventConnection, { name: 'auditEvents', description: 'Newest first.' })
  async list(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => AuditFilterInput, nullable: true }) filter?: AuditFilterInput | null,
  ): Promise<Connection<AuditEventNode>> {
    const scope = ctx.require('AUDIT', 'READ');
    const request = pageRequest(page, 2);
    if (request.after && Number.isNaN(Date.parse(request.after[0] as string)))
      throw badInput('after is not a cursor of this list');
    const found = await this.audit.list(scope, filter ?? {}, request);
    return toConnection(
      found,
      (entry) => new AuditEventNode(entry, ctx.locale),
      (entry) => [entry.occurredAt.toISOString(), entry.id],
    );
  }
}
