import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { StoredFileNode } from '../files/files.graphql.js';
import { FilesService } from '../files/files.service.js';
import { toNodeId } from '../kernel/node-id.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { goLiveActions, partiesToSign } from './domain/go-live-actions.js';
import type { Party } from './domain/go-live-policy.js';
import type { Obstacle } from './domain/trial.js';
import {
  GoLiveActionAvailability,
  GoLiveCaseNode,
  GoLiveDocumentNode,
  GoLiveEntryNode,
  GoLiveEventNode,
  GoLiveObstacleNode,
  GoLiveSignatureNode,
  PartyEnum,
  PartyToSignNode,
  SystemInUseNode,
} from './go-live.graphql.js';
import type { CaseRow } from './go-live.types.js';
import { GoLiveCases } from './go-live-cases.service.js';
import { CASE_OWNER, GoLiveFacts } from './go-live-facts.service.js';
import { GoLiveSigning } from './go-live-signing.service.js';

/** What belongs to a case. Every edge is one batch, however many cases are listed. */
@Resolver(() => GoLiveCaseNode)
export class GoLiveEdgesResolver {
  constructor(
    private readonly cases: GoLiveCases,
    private readonly signing: GoLiveSigning,
    private readonly facts: GoLiveFacts,
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly files: FilesService,
  ) {}

  private readonly filesOfCases = (ids: readonly string[]) => this.files.filesOf(CASE_OWNER, ids);

  /** Whoever reads the case reads its system: both go by the same department and system. */
  @ResolveField(() => SystemNode, { nullable: true })
  async system(@Context() ctx: RequestContext, @Parent() { row }: GoLiveCaseNode): Promise<SystemNode | null> {
    const system = await ctx.loader(this.systems.systems).load(row.systemId);
    return system && new SystemNode(system);
  }

  @ResolveField(() => DepartmentNode)
  async department(@Context() ctx: RequestContext, @Parent() { row }: GoLiveCaseNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => [GoLiveEntryNode], { description: 'In the order of the days.' })
  async entries(@Context() ctx: RequestContext, @Parent() { row }: GoLiveCaseNode): Promise<GoLiveEntryNode[]> {
    const [entries, file] = await Promise.all([ctx.loader(this.cases.entriesOf).load(row.id), this.file(ctx, row)]);
    return entries.map(({ id, caseId: _caseId, fileIds, ...entry }) => ({
      ...entry,
      id: toNodeId('GoLiveEntry', id),
      files: fileIds.flatMap((fileId) => file(fileId) ?? []),
    }));
  }

  @ResolveField(() => [GoLiveDocumentNode])
  async documents(@Context() ctx: RequestContext, @Parent() { row }: GoLiveCaseNode): Promise<GoLiveDocumentNode[]> {
    const [documents, file] = await Promise.all([ctx.loader(this.cases.documentsOf).load(row.id), this.file(ctx, row)]);
    return documents.map(({ id, kind, reference, addedAt, addedBy, fileId }) => ({
      id: toNodeId('GoLiveDocument', id),
      kind,
      reference,
      addedAt,
      addedBy,
      file: file(fileId),
    }));
  }

  @ResolveField(() => [GoLiveSignatureNode], { description: 'Of all rounds, in the order of time.' })
  async signatures(@Context() ctx: RequestContext, @Parent() { row }: GoLiveCaseNode): Promise<GoLiveSignatureNode[]> {
    const [signatures, file] = await Promise.all([
      ctx.loader(this.cases.signaturesOf).load(row.id),
      this.file(ctx, row),
    ]);
    return signatures.map(
      ({ id, round, party, decision, opinion, signerName, organisation, enteredBy, at, fileId }) => ({
        id: toNodeId('GoLiveSignature', id),
        round,
        party,
        decision,
        opinion,
        signerName,
        organisation,
        enteredBy,
        at,
        file: file(fileId),
      }),
    );
  }

  @ResolveField(() => [GoLiveEventNode], { description: 'In the order of time.' })
  async events(@Context() ctx: RequestContext, @Parent() { row }: GoLiveCaseNode): Promise<GoLiveEventNode[]> {
    const events = await ctx.loader(this.cases.eventsOf).load(row.id);
    return events.map(({ id, at, actorName, action, reason }) => ({
      id: toNodeId('GoLiveEvent', id),
      at,
      actorName,
      action,
      reason,
    }));
  }

  @ResolveField(() => [PartyEnum], { description: 'Who has to sign.' })
  parties(@Parent() { row }: GoLiveCaseNode): Promise<Party[]> {
    return this.cases.partiesOf(row);
  }

  @ResolveField(() => SystemInUseNode, { description: 'As it was presented; while the trial runs, as it is now.' })
  async inUse(@Parent() { row }: GoLiveCaseNode): Promise<SystemInUseNode> {
    const inUse = row.content && row.state !== 'TRIAL' ? row.content.resources : await this.facts.inUse(row.systemId);
    const { places = 0, services = 0, ...rest } = inUse;
    return { ...rest, places, services, centers: [...inUse.centers] };
  }

  @ResolveField(() => [GoLiveObstacleNode], { description: 'Empty = it may be presented, or was.' })
  async obstacles(@Context() ctx: RequestContext, @Parent() { row }: GoLiveCaseNode): Promise<GoLiveObstacleNode[]> {
    return (await this.obstaclesOf(ctx, row)).map((obstacle) => ({ ...obstacle }));
  }

  @ResolveField(() => Boolean, { description: 'The viewer has opened what is to be signed, as it is.' })
  factsOpened(@Context() ctx: RequestContext, @Parent() { row }: GoLiveCaseNode): Promise<boolean> {
    return this.cases.factsOpened(row, ctx.requireViewer());
  }

  @ResolveField(() => [GoLiveActionAvailability])
  async availableActions(
    @Context() ctx: RequestContext,
    @Parent() { row }: GoLiveCaseNode,
  ): Promise<GoLiveActionAvailability[]> {
    const rights = this.signing.rightsOf(ctx.requireViewer(), row);
    return goLiveActions(await this.offered(ctx, row), rights).map(({ action, disabled }) => ({
      action,
      disabledReason: disabled && ctx.say(disabled),
    }));
  }

  @ResolveField(() => [PartyToSignNode])
  async partiesToSign(@Context() ctx: RequestContext, @Parent() { row }: GoLiveCaseNode): Promise<PartyToSignNode[]> {
    const rights = this.signing.rightsOf(ctx.requireViewer(), row);
    return partiesToSign(await this.offered(ctx, row), rights).map((one) => ({ ...one }));
  }

  private async offered(ctx: RequestContext, row: CaseRow) {
    const [signatures, obstacles] = await Promise.all([
      ctx.loader(this.cases.signaturesOf).load(row.id),
      this.obstaclesOf(ctx, row),
    ]);
    return this.cases.offered(row, signatures, obstacles, ctx.requireViewer());
  }

  private async obstaclesOf(ctx: RequestContext, row: CaseRow): Promise<Obstacle[]> {
    const [entries, documents] = await Promise.all([
      ctx.loader(this.cases.entriesOf).load(row.id),
      ctx.loader(this.cases.documentsOf).load(row.id),
    ]);
    return this.cases.obstaclesOf(row, entries, documents);
  }

  private async file(ctx: RequestContext, row: CaseRow): Promise<(id: string | null) => StoredFileNode | null> {
    const files = new Map((await ctx.loader(this.filesOfCases).load(row.id)).map((one) => [one.id, one]));
    return (id) => {
      const file = id === null ? undefined : files.get(id);
      return file ? new StoredFileNode(file) : null;
    };
  }
}
