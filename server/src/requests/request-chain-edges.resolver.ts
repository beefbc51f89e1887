import { Inject, type OnModuleInit } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ApprovalRoundNode, toRoundNode } from '../approvals/approvals.graphql.js';
import { currentStep } from '../approvals/domain/round.js';
import { seatChoices } from '../approvals/domain/standing.js';
import { RoundsService } from '../approvals/rounds.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { FilesService } from '../files/files.service.js';
import { PeopleToTell } from '../identity/people-to-tell.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Role, Viewer } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { availableActions, draftsOnly } from './domain/decide.js';
import { holderOf, waits } from './domain/request-state.js';
import { RequestChains } from './request-chains.service.js';
import { RequestActionAvailability, RequestNode, SeatChoiceNode } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';

/** Those who hold REQUEST/SUBMIT. */
const SENDING_ROLES: readonly Role[] = ['APPLICANT', 'DEPARTMENT_HEAD'];

/** A request as it goes through its chain: who has it, what was decided, what the viewer may do. */
@Resolver(() => RequestNode)
export class RequestChainEdgesResolver implements OnModuleInit {
  constructor(
    private readonly requests: RequestsService,
    private readonly chains: RequestChains,
    private readonly rounds: RoundsService,
    private readonly departments: DepartmentsService,
    private readonly files: FilesService,
    private readonly people: PeopleToTell,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whoever may see a request may read the opinions that are attached to it. */
  onModuleInit(): void {
    this.files.registerOwner('Request', async (viewer, id) => (await this.requests.seenBy(viewer, id)) !== null);
  }

  /** One viewer an operation: asked once, whatever the number of requests. */
  private readonly groundsOf = (viewers: readonly Viewer[]) =>
    Promise.all(viewers.map((viewer) => this.chains.ground(viewer)));
  /** Of a department its own applicants, then its heads. */
  private readonly sendersOf = async (departmentIds: readonly string[]): Promise<string[][]> => {
    const people = await this.people.find(SENDING_ROLES, [], this.clock.now());
    const holding = (id: string, role: Role) =>
      people.filter(({ roles }) => roles.some((held) => held.role === role && held.departmentId === id));
    return departmentIds.map((id) => [
      ...new Set(SENDING_ROLES.flatMap((role) => holding(id, role).map(({ displayName }) => displayName))),
    ]);
  };
  private readonly filesOfRequests = (ids: readonly string[]) => this.files.filesOf('Request', ids);

  @ResolveField(() => String, { nullable: true, description: 'Who has it now.' })
  async holder(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<string | null> {
    const [department, round] = await Promise.all([
      ctx.loader(this.departments.departments).load(row.departmentId),
      ctx.loader(this.rounds.runningRounds).load(row.id),
    ]);
    const names = { applicant: row.applicantName, department: department?.name ?? '' };
    const holder = holderOf(row.state, names, round);
    return holder && ctx.say(holder);
  }

  @ResolveField(() => Date, { nullable: true, description: 'Since when somebody has it; null = nobody has.' })
  holderSince(@Parent() { row }: RequestNode): Date | null {
    return waits(row.state) ? row.stateSince : null;
  }

  @ResolveField(() => Boolean, { description: 'The deadline of its current step has passed.' })
  overdue(@Parent() { row }: RequestNode): boolean {
    return row.dueAt !== null && row.dueAt <= this.clock.now();
  }

  @ResolveField(() => [ApprovalRoundNode], {
    name: 'rounds',
    description: 'Its ways through a chain, the first first.',
  })
  async roundsOf(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<ApprovalRoundNode[]> {
    const found = await ctx.loader(this.rounds.rounds).load(row.id);
    const steps = found.flatMap((round) => round.steps);
    const [notices, files, { calendar }] = await Promise.all([
      Promise.all(steps.map((step) => ctx.loader(this.rounds.notices).load(step.id))),
      ctx.loader(this.filesOfRequests).load(row.id),
      ctx.loader(this.groundsOf).load(ctx.requireViewer()),
    ]);
    const around = {
      now: this.clock.now(),
      locale: ctx.locale,
      calendar,
      notices: new Map(steps.map((step, index) => [step.id, notices[index] ?? []])),
      files: new Map(files.map((file) => [file.id, file])),
    };
    return found.map((round) => toRoundNode(round, around));
  }

  @ResolveField(() => [SeatChoiceNode], {
    description:
      'Signatures among which the viewer may choose; empty where there is one or none. The first is the default.',
  })
  async seatChoices(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<SeatChoiceNode[]> {
    const [round, { voices }] = await Promise.all([
      ctx.loader(this.rounds.runningRounds).load(row.id),
      ctx.loader(this.groundsOf).load(ctx.requireViewer()),
    ]);
    return seatChoices(round, row, voices).map(({ seat, role, voice }) => ({
      seatId: seat.id,
      role,
      onBehalfOf: voice.delegationId === null ? null : voice.name,
    }));
  }

  @ResolveField(() => [String], {
    description: 'For who may draft it and not send it: by name, who sends it. Empty for all others.',
  })
  async senders(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<string[]> {
    const viewer = ctx.requireViewer();
    if (!draftsOnly(viewer, row)) return [];
    return ctx.loader(this.sendersOf).load(row.departmentId);
  }

  @ResolveField(() => [RequestActionAvailability])
  async availableActions(
    @Context() ctx: RequestContext,
    @Parent() { row }: RequestNode,
  ): Promise<RequestActionAvailability[]> {
    const viewer = ctx.requireViewer();
    const [round, ground] = await Promise.all([
      ctx.loader(this.rounds.runningRounds).load(row.id),
      ctx.loader(this.groundsOf).load(viewer),
    ]);
    const step = round && currentStep(round);
    const notices = step ? await ctx.loader(this.rounds.notices).load(step.id) : [];
    const approval = this.chains.factsNow(round, ground, notices, this.clock.now());
    return availableActions(viewer, row, approval).map(({ action, disabledReason }) => ({
      action,
      disabledReason: disabledReason && ctx.say(disabledReason),
    }));
  }
}
