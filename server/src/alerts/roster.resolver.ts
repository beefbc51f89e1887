import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { UserNames } from '../identity/user-names.service.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor } from '../kernel/viewer.js';
import { badInput } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import type { HandOverRow, ShiftRow } from './alerts.types.js';
import { logText } from './domain/shift-log.js';
import { HandOvers } from './hand-overs.service.js';
import {
  AddDutyShiftsInput,
  DutyHandOverNode,
  DutyPayload,
  DutyRosterNode,
  DutyShiftNode,
  EndHandOverInput,
  OfferHandOverInput,
  RemoveDutyShiftInput,
} from './roster.graphql.js';
import { Roster } from './roster.service.js';
import { ShiftLog } from './shift-log.service.js';

/** A calendar's month with the ends of the weeks around it. */
const SPAN_MAX_MS = 62 * 86_400_000;

@Resolver()
export class RosterResolver {
  constructor(
    private readonly roster: Roster,
    private readonly handOvers: HandOvers,
    private readonly facilities: FacilitiesService,
    private readonly log: ShiftLog,
    private readonly names: UserNames,
  ) {}

  @Query(() => DutyRosterNode, { description: '值班表; 62 days at most.' })
  async dutyRoster(
    @Context() ctx: RequestContext,
    @Args('from', { type: () => Date }) from: Date,
    @Args('to', { type: () => Date }) to: Date,
  ): Promise<DutyRosterNode> {
    ctx.require('DUTY', 'READ');
    if (!(from < to) || to.getTime() - from.getTime() > SPAN_MAX_MS) throw badInput('from before to, 62 days at most');
    const viewer = ctx.requireViewer();
    const edits = scopeFor(viewer, 'DUTY', 'EDIT') !== undefined;
    const offers = edits || scopeFor(viewer, 'DUTY', 'OPERATE') !== undefined;
    const [shifts, now, handOvers, candidates] = await Promise.all([
      this.roster.between(from, to),
      this.roster.standing(),
      this.roster.handOvers(),
      offers ? this.roster.candidates() : [],
    ]);
    const load = ctx.loader(this.roster.shifts);
    return {
      shifts: await this.shown(ctx, shifts),
      now: await this.shown(ctx, now),
      handOvers: await Promise.all(
        handOvers.map(async (row) => this.handOver(ctx, row, await load.load(row.shiftId), edits)),
      ),
      candidates: candidates.map(({ userId, ...rest }) => ({ ...rest, userId: toNodeId('User', userId) })),
    };
  }

  @Mutation(() => DutyPayload, { description: 'Puts shifts on the roster: all of them or none.' })
  async addDutyShifts(@Context() ctx: RequestContext, @Args('input') input: AddDutyShiftsInput): Promise<DutyPayload> {
    ctx.require('DUTY', 'EDIT');
    const rows = input.rows.map(({ centerId, from, role, to, userId }) => ({
      ...{ role, fromAt: from, toAt: to, centerId: uuidOf('Center', centerId), userId: uuidOf('User', userId) },
    }));
    return answer(ctx, await this.roster.add(ctx.requireViewer(), { rows, idempotencyKey: input.idempotencyKey }));
  }

  @Mutation(() => DutyPayload, { description: 'Takes a shift off that has not begun.' })
  async removeDutyShift(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...input }: RemoveDutyShiftInput,
  ): Promise<DutyPayload> {
    ctx.require('DUTY', 'EDIT');
    return answer(ctx, await this.roster.remove(ctx.requireViewer(), { ...input, shiftId: uuidOf('DutyShift', id) }));
  }

  @Mutation(() => DutyPayload, { description: 'Offers one’s shift to another, with a note.' })
  async offerHandOver(
    @Context() ctx: RequestContext,
    @Args('input') { id, toUserId, ...input }: OfferHandOverInput,
  ): Promise<DutyPayload> {
    ctx.require('DUTY', 'OPERATE');
    const wish = { ...input, shiftId: uuidOf('DutyShift', id), toUserId: uuidOf('User', toUserId) };
    return answer(ctx, await this.handOvers.offer(ctx.requireViewer(), mayEdit(ctx), wish));
  }

  @Mutation(() => DutyPayload, { description: 'Takes over what was offered: from now on the viewer is called.' })
  async takeHandOver(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...input }: EndHandOverInput,
  ): Promise<DutyPayload> {
    ctx.require('DUTY', 'READ');
    return answer(
      ctx,
      await this.handOvers.take(ctx.requireViewer(), { ...input, handOverId: uuidOf('DutyHandOver', id) }),
    );
  }

  @Mutation(() => DutyPayload)
  async withdrawHandOver(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...input }: EndHandOverInput,
  ): Promise<DutyPayload> {
    ctx.require('DUTY', 'OPERATE');
    const wish = { ...input, handOverId: uuidOf('DutyHandOver', id) };
    return answer(ctx, await this.handOvers.withdraw(ctx.requireViewer(), mayEdit(ctx), wish));
  }

  private async shown(ctx: RequestContext, rows: readonly ShiftRow[]): Promise<DutyShiftNode[]> {
    const nodes = await Promise.all(rows.map((row) => this.shift(ctx, row)));
    return nodes.flatMap((node) => node ?? []);
  }

  private async shift(ctx: RequestContext, row: ShiftRow): Promise<DutyShiftNode | null> {
    const [center, person] = await Promise.all([
      ctx.loader(this.facilities.centersByIds).load(row.centerId),
      ctx.loader(this.names.named).load(row.userId),
    ]);
    if (!center) return null;
    return {
      ...{
        id: toNodeId('DutyShift', row.id),
        center: new CenterNode(center),
        role: row.role,
        person: person?.displayName ?? null,
      },
      ...{ userId: toNodeId('User', row.userId), from: row.fromAt, to: row.toAt, version: row.version },
      own: row.userId === ctx.requireViewer().userId,
    };
  }

  private async handOver(
    ctx: RequestContext,
    row: HandOverRow,
    shift: ShiftRow | null,
    edits: boolean,
  ): Promise<DutyHandOverNode> {
    const { userId } = ctx.requireViewer();
    const { givenAt, givenBy, note, openAlerts, openKey, takenAt, toUserId, withdrawnAt } = row;
    return {
      ...{ id: toNodeId('DutyHandOver', row.id), note, openAlerts, givenBy, givenAt, takenAt, withdrawnAt },
      shift: shift && (await this.shift(ctx, shift)),
      to: (await ctx.loader(this.names.named).load(toUserId))?.displayName ?? null,
      points: (await ctx.loader(this.log.pointsOf).load(row.id)).map((point) => ({
        ...point,
        text: logText(point)[ctx.locale],
      })),
      mine: openKey !== null && toUserId === userId,
      mayWithdraw: openKey !== null && (edits || shift?.userId === userId),
    };
  }
}

const mayEdit = (ctx: RequestContext): boolean => scopeFor(ctx.requireViewer(), 'DUTY', 'EDIT') !== undefined;

function answer(ctx: RequestContext, done: Result<unknown, readonly Refusal[]>): DutyPayload {
  return done.ok ? { done: true, errors: [] } : { done: false, errors: toUserErrors(done.error, ctx.locale) };
}
