import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Drifts } from '../drift/drifts.service.js';
import { DrillViews } from '../drills/drill-views.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import type { Subject } from '../freezes/domain/freeze.js';
import { Freezes } from '../freezes/freezes.service.js';
import type { FreezeRow } from '../freezes/freezes.types.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { RequestsService } from '../requests/requests.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ServersService } from '../servers/servers.service.js';
import { SystemsService } from '../systems/systems.service.js';
import {
  ChangeFreezeNode,
  ChangeFreezePayload,
  EndChangeFreezeInput,
  ReleaseFromFreezeInput,
  SetChangeFreezeInput,
} from './freezes.graphql.js';
import { TicketViews } from './ticket-views.service.js';

@Resolver(() => ChangeFreezeNode)
export class FreezesResolver {
  constructor(
    private readonly freezes: Freezes,
    private readonly facilities: FacilitiesService,
    private readonly systems: SystemsService,
    private readonly requests: RequestsService,
    private readonly resources: ResourcesService,
    private readonly servers: ServersService,
    private readonly changes: TicketViews,
    private readonly drills: DrillViews,
    private readonly drifts: Drifts,
  ) {}

  @Query(() => [ChangeFreezeNode], {
    description: '封网, the latest to end first; 40 at most. Announced to everybody.',
  })
  async changeFreezes(@Context() ctx: RequestContext): Promise<ChangeFreezeNode[]> {
    ctx.requireViewer();
    return Promise.all((await this.freezes.newest()).map((row) => this.node(ctx, row)));
  }

  @Mutation(() => ChangeFreezePayload)
  async setChangeFreeze(@Context() ctx: RequestContext, @Args('input') input: SetChangeFreezeInput) {
    ctx.require('DUTY', 'EDIT');
    const { centerIds, from, to, ...rest } = input;
    const wish = { ...rest, fromAt: from, toAt: to, centerIds: centerIds.map((id) => uuidOf('Center', id)) };
    return this.answer(ctx, await this.freezes.set(ctx.requireViewer(), wish));
  }

  @Mutation(() => ChangeFreezePayload, { description: 'Sooner than it was set; one that runs is ended by a leader.' })
  async endChangeFreeze(@Context() ctx: RequestContext, @Args('input') { id, ...input }: EndChangeFreezeInput) {
    const mayRelease = scopeFor(ctx.requireViewer(), 'DUTY', 'RELEASE') !== undefined;
    if (!mayRelease) ctx.require('DUTY', 'EDIT');
    return this.answer(
      ctx,
      await this.freezes.end(ctx.requireViewer(), mayRelease, { ...input, freezeId: uuidOf('ChangeFreeze', id) }),
    );
  }

  @Mutation(() => ChangeFreezePayload, { description: 'A leader lets one system, request or machine through.' })
  async releaseFromFreeze(@Context() ctx: RequestContext, @Args('input') input: ReleaseFromFreezeInput) {
    ctx.require('DUTY', 'RELEASE');
    const { id, idempotencyKey, reason, until } = input;
    const found = await this.subjectOf(input);
    return this.answer(
      ctx,
      await this.freezes.release(ctx.requireViewer(), {
        ...{ idempotencyKey, reason, until, freezeId: uuidOf('ChangeFreeze', id) },
        ...{ subject: found?.subject, subjectName: found?.name ?? null },
      }),
    );
  }

  private async subjectOf({
    subject,
    subjectType,
  }: ReleaseFromFreezeInput): Promise<{ readonly subject: Subject; readonly name: string } | null> {
    const code = subject.trim();
    switch (subjectType) {
      case 'System': {
        const [system] = await this.systems.systemsByCodes([code]);
        return system ? { subject: { type: 'System', id: system.id }, name: `${system.code} ${system.name}` } : null;
      }
      case 'Request': {
        const [request] = await this.requests.byCodes([code]);
        return request ? { subject: { type: 'Request', id: request.id }, name: request.code } : null;
      }
      case 'Server': {
        const [server] = await this.servers.byAssetNumbers([code]);
        return server ? { subject: { type: 'Server', id: server.id }, name: server.assetNumber } : null;
      }
      case 'Change': {
        const ticket = await this.changes.changeOfCode(code);
        return ticket ? { subject: { type: 'Change', id: ticket.id }, name: `${ticket.code} ${ticket.title}` } : null;
      }
      case 'Drill': {
        const drill = await this.drills.ofCode(code);
        return drill ? { subject: { type: 'Drill', id: drill.id }, name: `${drill.code} ${drill.groupName}` } : null;
      }
      case 'Drift': {
        const drift = await this.drifts.waiting(code, uuidOf('Drift', code));
        return drift ? { subject: { type: 'Drift', id: drift.id }, name: `${drift.subjectCode} ${drift.path}` } : null;
      }
      case 'Resource': {
        const uuid = uuidOf('Resource', code);
        const [row] = uuid === undefined ? [] : await this.resources.rows([uuid]);
        return row ? { subject: { type: 'Resource', id: row.id }, name: `${row.code} ${row.name}` } : null;
      }
    }
  }

  private async node(ctx: RequestContext, row: FreezeRow): Promise<ChangeFreezeNode> {
    const { code, endedAt, fromAt, madeBy, reason, title, toAt, version } = row;
    const centers = await Promise.all(row.centerIds.map((id) => ctx.loader(this.facilities.centersByIds).load(id)));
    const tells = scopeFor(ctx.requireViewer(), 'DUTY', 'READ') !== undefined;
    return {
      ...{
        id: toNodeId('ChangeFreeze', row.id),
        code,
        title,
        reason,
        from: fromAt,
        to: toAt,
        endedAt,
        madeBy,
        version,
      },
      running: this.freezes.isRunning(row),
      centers: centers.flatMap((center) => (center ? [new CenterNode(center)] : [])),
      releases: tells ? await ctx.loader(this.freezes.releases).load(row.id) : [],
    };
  }

  private async answer(
    ctx: RequestContext,
    done: Result<{ id: string }, readonly Refusal[]>,
  ): Promise<ChangeFreezePayload> {
    if (!done.ok) return { freeze: null, errors: toUserErrors(done.error, ctx.locale) };
    const [row] = await this.freezes.byIds([done.value.id]);
    return { freeze: row ? await this.node(ctx, row) : null, errors: [] };
  }
}
