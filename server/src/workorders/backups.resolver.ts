import { Inject, type OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { forbidden, notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { BackupRestores } from './backup-restores.service.js';
import { BackupRuns } from './backup-runs.service.js';
import {
  BackupActInput,
  BackupConnection,
  BackupFilterInput,
  BackupNode,
  BackupPayload,
  RecordBackupRunInput,
  RequestRestoreInput,
  SetUpBackupInput,
} from './backups.graphql.js';
import { Backups } from './backups.service.js';
import type { BackupFilter } from './backups.types.js';
import type { Answer } from './order-refusals.js';

@Resolver(() => BackupNode)
export class BackupsResolver implements OnModuleInit {
  constructor(
    private readonly records: Backups,
    private readonly runs: BackupRuns,
    private readonly restores: BackupRestores,
    private readonly nodes: NodeRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Backup', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'WORK_ORDER', 'READ');
      const row = scope && (await this.records.inScope(scope, id));
      return row ? new BackupNode(row) : null;
    });
  }

  @Query(() => BackupConnection, { description: 'The newest first.' })
  async backups(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => BackupFilterInput, nullable: true }) filter: BackupFilterInput | null,
  ): Promise<Connection<BackupNode>> {
    const scope = ctx.require('WORK_ORDER', 'READ');
    const found = await this.records.page(scope, this.toFilter(filter), pageRequest(page, 2));
    return toConnection(
      found,
      (row) => new BackupNode(row),
      (row) => [row.createdAt.toISOString(), row.id],
    );
  }

  @Query(() => BackupNode)
  async backup(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<BackupNode> {
    const scope = ctx.require('WORK_ORDER', 'READ');
    const uuid = uuidOf('Backup', id);
    const row = uuid ? await this.records.inScope(scope, uuid) : null;
    if (!row) throw notFound(ctx.locale);
    return new BackupNode(row);
  }

  @Mutation(() => BackupPayload, { description: '配置: what is copied when, where to, and how it is kept secret.' })
  setUpBackup(@Context() ctx: RequestContext, @Args('input') input: SetUpBackupInput): Promise<BackupPayload> {
    this.requireAny(ctx);
    const { id, expectedVersion, idempotencyKey, resourceIds, targetCenterId, weekday, ...facts } = input;
    const setup = {
      ...facts,
      weekday: weekday ?? null,
      resourceIds: resourceIds.map((each) => uuidOf('Resource', each) ?? '-'),
      targetCenterId: targetCenterId ? (uuidOf('Center', targetCenterId) ?? '-') : null,
    };
    const wish = { id: uuidOf('Backup', id), expectedVersion, idempotencyKey };
    return this.payload(ctx, this.records.setUp(ctx.requireViewer(), wish, setup));
  }

  @Mutation(() => BackupPayload, { description: '登记结果: one copy that was made, or was not.' })
  recordBackupRun(@Context() ctx: RequestContext, @Args('input') input: RecordBackupRunInput): Promise<BackupPayload> {
    const scope = ctx.require('WORK_ORDER', 'READ');
    const { id, idempotencyKey, endedAt, result, sizeMib, note } = input;
    const run = { endedAt, result, sizeMib: sizeMib ?? null, note: note ?? null };
    return this.payload(
      ctx,
      this.runs.enter(ctx.requireViewer(), scope, { id: uuidOf('Backup', id), idempotencyKey, run }),
    );
  }

  @Mutation(() => BackupPayload, { description: '暂停: no copy is owed until it goes on.' })
  suspendBackup(@Context() ctx: RequestContext, @Args('input') input: BackupActInput): Promise<BackupPayload> {
    return this.move(ctx, 'SUSPEND', input);
  }

  @Mutation(() => BackupPayload, { description: '恢复执行: copies are owed from here on.' })
  resumeBackup(@Context() ctx: RequestContext, @Args('input') input: BackupActInput): Promise<BackupPayload> {
    return this.move(ctx, 'RESUME', input);
  }

  @Mutation(() => BackupPayload, { description: '终止: copies are kept for as long as was promised.' })
  endBackup(@Context() ctx: RequestContext, @Args('input') input: BackupActInput): Promise<BackupPayload> {
    return this.move(ctx, 'END', input);
  }

  @Mutation(() => BackupPayload, { description: '申请恢复: a work order that restores from it.' })
  requestRestore(@Context() ctx: RequestContext, @Args('input') input: RequestRestoreInput): Promise<BackupPayload> {
    const scope = ctx.require('WORK_ORDER', 'CREATE');
    const wish = { ...input, id: uuidOf('Backup', input.id), point: input.point ?? null };
    return this.payload(ctx, this.restores.ask(ctx.requireViewer(), scope, wish));
  }

  private move(
    ctx: RequestContext,
    action: 'SUSPEND' | 'RESUME' | 'END',
    { id, reason, ...wish }: BackupActInput,
  ): Promise<BackupPayload> {
    ctx.require('WORK_ORDER', 'READ');
    const asked = { ...wish, id: uuidOf('Backup', id), reason: reason ?? null };
    return this.payload(ctx, this.records.move(ctx.requireViewer(), action, asked));
  }

  private async payload(ctx: RequestContext, answer: Answer): Promise<BackupPayload> {
    const done = await answer;
    if (!done.ok) return { backup: null, errors: toUserErrors(done.error, ctx.locale) };
    const [row] = await this.records.backups([done.value.id]);
    return { backup: row ? new BackupNode(row) : null, errors: [] };
  }

  private requireAny(ctx: RequestContext): void {
    const viewer = ctx.requireViewer();
    if (!scopeFor(viewer, 'WORK_ORDER', 'READ') && !scopeFor(viewer, 'WORK_ORDER', 'EDIT'))
      throw forbidden(ctx.locale, 'WORK_ORDER', 'READ');
  }

  private toFilter(filter: BackupFilterInput | null): BackupFilter {
    return {
      states: filter?.states ?? null,
      objects: filter?.objects ?? null,
      health: filter?.health ?? null,
      restoreTestBefore: filter?.restoreTestOverdue ? calendarDate(this.clock.now()) : null,
      departmentId: idOf('Department', filter?.departmentId),
      systemId: idOf('System', filter?.systemId),
      resourceId: idOf('Resource', filter?.resourceId),
      search: searchText(filter?.search),
    };
  }
}

/** null = not asked; '-' = an id of another kind, which names nothing. */
function idOf(type: string, id: string | null | undefined): string | null {
  return id ? (uuidOf(type, id) ?? '-') : null;
}
