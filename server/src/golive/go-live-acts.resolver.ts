import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { caseNode, policyNode } from './go-live.resolver.js';
import { GoLiveAcceptance } from './go-live-acceptance.service.js';
import {
  AddGoLiveDocumentInput,
  BeginTrialInput,
  GoLiveActInput,
  GoLiveCasePayload,
  GoLivePolicyPayload,
  OpenGoLiveFactsInput,
  PublishGoLivePolicyInput,
  RecordTrialInput,
  RemoveGoLiveDocumentInput,
  ResolveTrialIncidentInput,
  SignGoLiveInput,
  StopGoLiveInput,
} from './go-live-acts.graphql.js';
import { GoLiveBegin } from './go-live-begin.service.js';
import { GoLiveCases } from './go-live-cases.service.js';
import { GoLivePolicies } from './go-live-policies.service.js';
import { GoLiveSigning } from './go-live-signing.service.js';
import { type Answer, GoLiveTrial } from './go-live-trial.service.js';

/** Acts of people on the way of a system into service. */
@Resolver()
export class GoLiveActsResolver {
  constructor(
    private readonly cases: GoLiveCases,
    private readonly beginning: GoLiveBegin,
    private readonly trial: GoLiveTrial,
    private readonly acceptance: GoLiveAcceptance,
    private readonly signing: GoLiveSigning,
    private readonly policies: GoLivePolicies,
  ) {}

  @Mutation(() => GoLiveCasePayload, { description: '开始试运行: by the department of the system.' })
  beginTrial(@Context() ctx: RequestContext, @Args('input') input: BeginTrialInput): Promise<GoLiveCasePayload> {
    const scope = ctx.require('GO_LIVE', 'CREATE');
    const wish = { ...input, systemId: uuidOf('System', input.systemId) };
    return this.payload(ctx, this.beginning.begin(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => GoLiveCasePayload, { description: 'By the department, or the company bound to the system.' })
  recordTrial(@Context() ctx: RequestContext, @Args('input') input: RecordTrialInput): Promise<GoLiveCasePayload> {
    const scope = ctx.require('GO_LIVE', 'EDIT');
    const { kind, day, text } = input;
    const fileIds = input.fileIds.map((id) => uuidOf('StoredFile', id));
    const wish = { ...actOn(input), kind, day, text, fileIds };
    return this.payload(ctx, this.trial.record(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => GoLiveCasePayload)
  resolveTrialIncident(
    @Context() ctx: RequestContext,
    @Args('input') input: ResolveTrialIncidentInput,
  ): Promise<GoLiveCasePayload> {
    const scope = ctx.require('GO_LIVE', 'EDIT');
    const wish = { ...actOn(input), entryId: uuidOf('GoLiveEntry', input.entryId), resolution: input.resolution };
    return this.payload(ctx, this.trial.resolve(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => GoLiveCasePayload)
  addGoLiveDocument(
    @Context() ctx: RequestContext,
    @Args('input') input: AddGoLiveDocumentInput,
  ): Promise<GoLiveCasePayload> {
    const scope = ctx.require('GO_LIVE', 'EDIT');
    const { kind, reference } = input;
    const wish = { ...actOn(input), kind, reference: reference ?? null, fileId: fileIdOf(input.fileId) };
    return this.payload(ctx, this.trial.addDocument(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => GoLiveCasePayload)
  removeGoLiveDocument(
    @Context() ctx: RequestContext,
    @Args('input') input: RemoveGoLiveDocumentInput,
  ): Promise<GoLiveCasePayload> {
    const scope = ctx.require('GO_LIVE', 'EDIT');
    const wish = { ...actOn(input), documentId: uuidOf('GoLiveDocument', input.documentId) };
    return this.payload(ctx, this.trial.removeDocument(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => GoLiveCasePayload, { description: '提交验收: once the days are over and nothing is missing.' })
  presentGoLive(@Context() ctx: RequestContext, @Args('input') input: GoLiveActInput): Promise<GoLiveCasePayload> {
    const scope = ctx.require('GO_LIVE', 'CREATE');
    return this.payload(ctx, this.acceptance.present(ctx.requireViewer(), scope, actOn(input)));
  }

  @Mutation(() => GoLiveCasePayload, { description: 'Before one signs: what is signed was opened.' })
  openGoLiveFacts(
    @Context() ctx: RequestContext,
    @Args('input') input: OpenGoLiveFactsInput,
  ): Promise<GoLiveCasePayload> {
    const scope = ctx.require('GO_LIVE', 'READ');
    const wish = { caseId: uuidOf('GoLiveCase', input.id), idempotencyKey: input.idempotencyKey };
    return this.payload(ctx, this.acceptance.open(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => GoLiveCasePayload, { description: 'The last acceptance puts the system in service; a refusal back.' })
  signGoLive(@Context() ctx: RequestContext, @Args('input') input: SignGoLiveInput): Promise<GoLiveCasePayload> {
    const scope = ctx.require('GO_LIVE', 'READ');
    const { id, round, party, decision, opinion, signerName, organisation, fileId, idempotencyKey } = input;
    const onPaper =
      (signerName ?? organisation ?? null) === null
        ? null
        : { name: signerName ?? '', organisation: organisation ?? '' };
    const wish = { caseId: uuidOf('GoLiveCase', id), round, party, decision, opinion, onPaper, idempotencyKey };
    return this.payload(ctx, this.signing.sign(ctx.requireViewer(), scope, { ...wish, fileId: fileIdOf(fileId) }));
  }

  @Mutation(() => GoLiveCasePayload, { description: '终止: by the department.' })
  stopGoLive(@Context() ctx: RequestContext, @Args('input') input: StopGoLiveInput): Promise<GoLiveCasePayload> {
    const scope = ctx.require('GO_LIVE', 'CREATE');
    const wish = { ...actOn(input), reason: input.reason };
    return this.payload(ctx, this.acceptance.stop(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => GoLivePolicyPayload, { description: 'Another edition of the rules; cases that run keep theirs.' })
  async publishGoLivePolicy(
    @Context() ctx: RequestContext,
    @Args('input') input: PublishGoLivePolicyInput,
  ): Promise<GoLivePolicyPayload> {
    ctx.require('LIFE_POLICY', 'EDIT');
    const { parties, documents, ...days } = input.content;
    const content = {
      ...days,
      parties: parties.map((row) => ({ ...row })),
      documents: documents.map((row) => ({ ...row })),
    };
    const published = await this.policies.publish(ctx.requireViewer(), { ...input, content });
    if (!published.ok) return { policy: null, errors: toUserErrors(published.error, ctx.locale) };
    return { policy: policyNode(await this.policies.edition(published.value.number)), errors: [] };
  }

  private async payload(ctx: RequestContext, answer: Answer): Promise<GoLiveCasePayload> {
    const scope = ctx.require('GO_LIVE', 'READ');
    const result = await answer;
    if (!result.ok) return { case: null, errors: toUserErrors(result.error, ctx.locale) };
    const row = await this.cases.inScope(scope, result.value.id);
    return { case: row && caseNode(row), errors: [] };
  }
}

function actOn({ id, expectedVersion, idempotencyKey }: GoLiveActInput) {
  return { caseId: uuidOf('GoLiveCase', id), expectedVersion, idempotencyKey };
}

/** null = none was sent; undefined = a text that is no id of a file. */
function fileIdOf(id: string | null | undefined): string | null | undefined {
  return (id ?? null) === null ? null : uuidOf('StoredFile', id as string);
}
