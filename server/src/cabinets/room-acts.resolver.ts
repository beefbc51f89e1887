import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { changeOf, engineer } from './cabinet-inputs.js';
import { CabinetView } from './cabinet-view.service.js';
import {
  CabinetRowPayload,
  CreateCabinetRowInput,
  CreateRoomInput,
  EditCabinetRowInput,
  EditRoomInput,
  RoomPayload,
} from './cabinets.graphql.js';
import { RoomNode } from './cabinets.types.js';
import { RoomActs, type RoomDescription, type RowDescription } from './room-acts.service.js';

type Outcome = Result<{ id: string }, readonly Refusal[]>;

/** Fields that may be taken away. */
const OF_ROOM: ReadonlySet<string> = new Set();
const OF_ROW: ReadonlySet<string> = new Set(['floorLimitGrams']);

@Resolver(() => RoomNode)
export class RoomActsResolver {
  constructor(
    private readonly acts: RoomActs,
    private readonly view: CabinetView,
  ) {}

  @Mutation(() => RoomPayload)
  async createRoom(@Context() ctx: RequestContext, @Args('input') input: CreateRoomInput): Promise<RoomPayload> {
    const viewer = engineer(ctx, 'CREATE');
    const { idempotencyKey, ...wish } = input;
    const centerId = uuidOf('Center', wish.centerId) ?? '-';
    return this.room(ctx, await this.acts.createRoom(viewer, { ...wish, centerId }, idempotencyKey));
  }

  @Mutation(() => RoomPayload)
  async editRoom(@Context() ctx: RequestContext, @Args('input') input: EditRoomInput): Promise<RoomPayload> {
    const viewer = engineer(ctx, 'EDIT');
    const { id, idempotencyKey, expectedVersion, ...rest } = input;
    const change = changeOf(rest, OF_ROOM) as Partial<RoomDescription>;
    const wish = { id: uuidOf('Room', id) ?? '-', expectedVersion, change };
    return this.room(ctx, await this.acts.editRoom(viewer, wish, idempotencyKey));
  }

  @Mutation(() => CabinetRowPayload)
  async createCabinetRow(
    @Context() ctx: RequestContext,
    @Args('input') input: CreateCabinetRowInput,
  ): Promise<CabinetRowPayload> {
    const viewer = engineer(ctx, 'CREATE');
    const { idempotencyKey, ...rest } = input;
    const wish = { ...rest, roomId: uuidOf('Room', rest.roomId) ?? '-', floorLimitGrams: rest.floorLimitGrams ?? null };
    return this.row(ctx, await this.acts.createRow(viewer, wish, idempotencyKey));
  }

  @Mutation(() => CabinetRowPayload)
  async editCabinetRow(
    @Context() ctx: RequestContext,
    @Args('input') input: EditCabinetRowInput,
  ): Promise<CabinetRowPayload> {
    const viewer = engineer(ctx, 'EDIT');
    const { id, idempotencyKey, expectedVersion, ...rest } = input;
    const change = changeOf(rest, OF_ROW) as Partial<RowDescription>;
    const wish = { id: uuidOf('CabinetRow', id) ?? '-', expectedVersion, change };
    return this.row(ctx, await this.acts.editRow(viewer, wish, idempotencyKey));
  }

  private async room(ctx: RequestContext, done: Outcome): Promise<RoomPayload> {
    if (!done.ok) return { room: null, errors: toUserErrors(done.error, ctx.locale) };
    return { room: await this.view.room(ctx, toNodeId('Room', done.value.id)), errors: [] };
  }

  private async row(ctx: RequestContext, done: Outcome): Promise<CabinetRowPayload> {
    if (!done.ok) return { cabinetRow: null, errors: toUserErrors(done.error, ctx.locale) };
    return { cabinetRow: await this.view.row(ctx, toNodeId('CabinetRow', done.value.id)), errors: [] };
  }
}
