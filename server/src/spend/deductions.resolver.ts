import { Args, Context, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { badInput, notFound } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ContractNode } from './contracts.graphql.js';
import { type Answer, ContractsService } from './contracts.service.js';
import {
  AssessmentPreview,
  DeductionProposalNode,
  DeductionProposalsNode,
  RecordedDeductionInput,
} from './deductions.graphql.js';
import { type DeductionProposal, Deductions } from './deductions.service.js';
import {
  assessmentNode,
  ContractEntryNode,
  ContractEntryPayload,
  faultNode,
  RecordDeductionInput,
} from './entries.graphql.js';
import { idsOf } from './entries.resolver.js';
import { EntriesService } from './entries.service.js';

const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/;

@Resolver(() => DeductionProposalNode)
export class DeductionsResolver {
  constructor(
    private readonly deductions: Deductions,
    private readonly entries: EntriesService,
    private readonly contracts: ContractsService,
  ) {}

  @Query(() => DeductionProposalsNode, {
    description: '考核扣减: of every contract in force that is assessed in the month, what the book of outages says.',
  })
  async deductionProposals(
    @Context() ctx: RequestContext,
    @Args('month', { type: () => String, description: 'YYYY-MM' }) month: string,
  ): Promise<DeductionProposalsNode> {
    ctx.require('SPEND', 'READ');
    if (!MONTH.test(month)) throw badInput('month is YYYY-MM');
    const { proposals, totalCount } = await this.deductions.proposals(month);
    return { month, isOver: this.deductions.isOver(month), totalCount, proposals: proposals.map(proposalNode) };
  }

  @Query(() => AssessmentPreview, { description: 'What recordDeduction would deduct.' })
  async previewDeduction(
    @Context() ctx: RequestContext,
    @Args('contractId', { type: () => ID }) contractId: string,
    @Args('month', { type: () => String }) month: string,
    @Args('downMinutes', { type: () => Int }) downMinutes: number,
    @Args('excusedMinutes', { type: () => Int, defaultValue: 0 }) excusedMinutes: number,
  ): Promise<AssessmentPreview> {
    ctx.require('SPEND', 'READ');
    const [contract] = await this.contracts.contractsByIds([uuidOf('Contract', contractId) ?? '-']);
    if (!contract) throw notFound(ctx.locale);
    const made = await this.deductions.assessed(contract, { month, downMinutes, excusedMinutes });
    return made.ok
      ? { assessment: assessmentNode(made.value), errors: [] }
      : { assessment: null, errors: toUserErrors(made.error, ctx.locale) };
  }

  @Mutation(() => ContractEntryPayload, { description: 'By minutes that are typed, with the report that says so.' })
  recordDeduction(
    @Context() ctx: RequestContext,
    @Args('input') input: RecordDeductionInput,
  ): Promise<ContractEntryPayload> {
    ctx.require('SPEND', 'EDIT');
    return this.payload(ctx, this.deductions.deduct(ctx.requireViewer(), { ...input, ...idsOf(input) }));
  }

  @Mutation(() => ContractEntryPayload, { description: 'By the book of outages, which is kept beside it.' })
  deductByRecord(
    @Context() ctx: RequestContext,
    @Args('input') input: RecordedDeductionInput,
  ): Promise<ContractEntryPayload> {
    ctx.require('SPEND', 'EDIT');
    const leftOut = input.leftOut.map(({ outageId, reason }) => ({
      outageId: uuidOf('Outage', outageId) ?? '-',
      reason,
    }));
    return this.payload(
      ctx,
      this.deductions.deductByRecord(ctx.requireViewer(), { ...input, ...idsOf(input), leftOut }),
    );
  }

  private async payload(ctx: RequestContext, answer: Answer): Promise<ContractEntryPayload> {
    const done = await answer;
    if (!done.ok) return { entry: null, errors: toUserErrors(done.error, ctx.locale) };
    const [row] = await this.entries.byIds([done.value.id]);
    return { entry: row ? new ContractEntryNode(row) : null, errors: [] };
  }
}

function proposalNode({ contract, assessment, entry, faults, ...proposal }: DeductionProposal): DeductionProposalNode {
  return {
    ...proposal,
    contract: new ContractNode(contract),
    faults: faults.map(faultNode),
    assessment: assessment.ok ? assessmentNode(assessment.value) : null,
    entry: entry && new ContractEntryNode(entry),
  };
}
