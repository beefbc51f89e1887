import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { CabinetActs } from './cabinet-acts.service.js';
import { changeOf, engineer } from './cabinet-inputs.js';
import { CabinetView } from './cabinet-view.service.js';
import {
  ApplyMoveInput,
  BlockUnitsInput,
  CabinetHolderInput,
  type CabinetInput,
  CabinetPayload,
  CabinetsPayload,
  CreateCabinetsInput,
  EditCabinetInput,
  type HolderMoveInput,
  MoveHoldersInput,
  PlaceOccupantInput,
  PlanMoveInput,
} from './cabinets.graphql.js';
import { CabinetsService } from './cabinets.service.js';
import { CabinetNode } from './cabinets.types.js';
import type { Move } from './domain/book.js';
import type { CabinetDescription, CabinetRow } from './domain/cabinet.js';
import { SpaceActs } from './space-acts.service.js';
import { SpaceMoves } from './space-moves.service.js';

type Outcome<T> = Result<T, readonly Refusal[]>;

/** Fields of a cabinet that may be taken away; of the others null means "as it is". */
const CLEARABLE = new Set(['departmentId', 'feedAWatts', 'feedBWatts', 'rackType']);

@Resolver(() => CabinetNode)
export class CabinetActsResolver {
  constructor(
    private readonly acts: CabinetActs,
    private readonly space: SpaceActs,
    private readonly moves: SpaceMoves,
    private readonly cabinets: CabinetsService,
    private readonly view: CabinetView,
  ) {}

  @Mutation(() => CabinetsPayload, { description: 'Up to 100 into one row, all or none.' })
  async createCabinets(
    @Context() ctx: RequestContext,
    @Args('input') input: CreateCabinetsInput,
  ): Promise<CabinetsPayload> {
    const viewer = engineer(ctx, 'CREATE');
    const rowId = uuidOf('CabinetRow', input.rowId) ?? '-';
    const [row] = await this.cabinets.rowsByIds(this.view.scope(ctx), [rowId]);
    const cabinets = input.cabinets.map((cabinet) => toDescription(cabinet, row));
    const made = await this.acts.createCabinets(viewer, { rowId, cabinets }, input.idempotencyKey);
    return this.changed(ctx, made, ({ ids }) => ids);
  }

  @Mutation(() => CabinetPayload)
  async editCabinet(@Context() ctx: RequestContext, @Args('input') input: EditCabinetInput): Promise<CabinetPayload> {
    const viewer = engineer(ctx, 'EDIT');
    const { id, idempotencyKey, expectedVersion, ...rest } = input;
    const change = changeOf(rest, CLEARABLE) as Partial<CabinetDescription>;
    const departmentId =
      change.departmentId == null ? {} : { departmentId: uuidOf('Department', change.departmentId) ?? '-' };
    const edited = await this.acts.edit(
      viewer,
      { id: uuidOf('Cabinet', id) ?? '-', expectedVersion, change: { ...change, ...departmentId } },
      idempotencyKey,
    );
    const { cabinets, errors } = await this.changed(ctx, edited, (value) => [value.id]);
    return { cabinet: cabinets[0] ?? null, errors };
  }

  @Mutation(() => CabinetPayload)
  async placeOccupant(
    @Context() ctx: RequestContext,
    @Args('input') input: PlaceOccupantInput,
  ): Promise<CabinetPayload> {
    const viewer = engineer(ctx, 'EDIT');
    const { idempotencyKey, ...wish } = input;
    const cabinetId = uuidOf('Cabinet', wish.cabinetId) ?? '-';
    const placed = await this.space.placeOccupant(
      viewer,
      {
        ...wish,
        cabinetId,
        startUnit: wish.startUnit ?? null,
        departmentId: wish.departmentId ? (uuidOf('Department', wish.departmentId) ?? '-') : null,
      },
      idempotencyKey,
    );
    return this.one(ctx, placed, cabinetId);
  }

  @Mutation(() => CabinetPayload)
  async blockUnits(@Context() ctx: RequestContext, @Args('input') input: BlockUnitsInput): Promise<CabinetPayload> {
    const viewer = engineer(ctx, 'EDIT');
    const { idempotencyKey, ...wish } = input;
    const cabinetId = uuidOf('Cabinet', wish.cabinetId) ?? '-';
    return this.one(ctx, await this.space.blockUnits(viewer, { ...wish, cabinetId }, idempotencyKey), cabinetId);
  }

  @Mutation(() => CabinetPayload)
  async unblockUnits(
    @Context() ctx: RequestContext,
    @Args('input') input: CabinetHolderInput,
  ): Promise<CabinetPayload> {
    const viewer = engineer(ctx, 'EDIT');
    const ended = await this.space.unblockUnits(viewer, toHolderWish(input), input.idempotencyKey);
    return this.one(ctx, ended, ended.ok ? ended.value.id : '-');
  }

  @Mutation(() => CabinetPayload, {
    description: 'Takes out what has no record of its own, or gives up a planned move.',
  })
  async releaseHolder(
    @Context() ctx: RequestContext,
    @Args('input') input: CabinetHolderInput,
  ): Promise<CabinetPayload> {
    const viewer = engineer(ctx, 'EDIT');
    const ended = await this.space.releaseHolder(viewer, toHolderWish(input), input.idempotencyKey);
    return this.one(ctx, ended, ended.ok ? ended.value.id : '-');
  }

  @Mutation(() => CabinetsPayload, { description: 'Gives the cabinets into which things were moved.' })
  async moveHolders(@Context() ctx: RequestContext, @Args('input') input: MoveHoldersInput): Promise<CabinetsPayload> {
    const viewer = engineer(ctx, 'EDIT');
    const moves = input.moves.map((move, at) => toMove(move, ['moves', String(at)]));
    const moved = await this.moves.moveHolders(viewer, moves, input.idempotencyKey);
    return this.changed(ctx, moved, () => moves.map((move) => move.cabinetId));
  }

  @Mutation(() => CabinetPayload, { description: 'Holds the new place while the thing still stands in the old one.' })
  async planMove(@Context() ctx: RequestContext, @Args('input') input: PlanMoveInput): Promise<CabinetPayload> {
    const viewer = engineer(ctx, 'EDIT');
    const move = toMove(input.move, ['move']);
    return this.one(ctx, await this.moves.planMove(viewer, move, input.idempotencyKey), move.cabinetId);
  }

  @Mutation(() => CabinetPayload, { description: 'The thing stands in its new place now.' })
  async applyMove(@Context() ctx: RequestContext, @Args('input') input: ApplyMoveInput): Promise<CabinetPayload> {
    const viewer = engineer(ctx, 'EDIT');
    const planId = uuidOf('CabinetHolder', input.holderId) ?? '-';
    const moved = await this.moves.applyMove(viewer, planId, input.idempotencyKey);
    return this.one(ctx, moved, moved.ok ? moved.value.cabinetId : '-');
  }

  private async one(ctx: RequestContext, done: Outcome<unknown>, cabinetId: string): Promise<CabinetPayload> {
    const { cabinets, errors } = await this.changed(ctx, done, () => [cabinetId]);
    return { cabinet: cabinets[0] ?? null, errors };
  }

  private async changed<T>(
    ctx: RequestContext,
    done: Outcome<T>,
    idsOf: (value: T) => readonly string[],
  ): Promise<CabinetsPayload> {
    if (!done.ok) return { cabinets: [], errors: toUserErrors(done.error, ctx.locale) };
    const cabinets = await this.cabinets.cabinetsByIds(this.view.scope(ctx), [...new Set(idsOf(done.value))]);
    const sight = await this.view.sight(ctx);
    return { cabinets: cabinets.map((cabinet) => this.view.cabinetNode(sight, cabinet)), errors: [] };
  }
}

function toHolderWish({ holderId, expectedVersion }: CabinetHolderInput) {
  return { holderId: uuidOf('CabinetHolder', holderId) ?? '-', expectedVersion };
}

function toMove({ holderId, expectedVersion, cabinetId, startUnit, face }: HolderMoveInput, path: InputPath): Move {
  return {
    holderId: uuidOf('CabinetHolder', holderId) ?? '-',
    expectedVersion,
    cabinetId: uuidOf('Cabinet', cabinetId) ?? '-',
    startUnit: startUnit ?? null,
    face: face ?? null,
    path,
  };
}

/** One tile a cabinet, from the row's beginning on. */
function toDescription(input: CabinetInput, row: CabinetRow | undefined): CabinetDescription {
  const along = input.position - 1;
  const across = row?.orientation === 'DOWN' ? 0 : along;
  return {
    ...input,
    planX: input.planX ?? (row?.planX ?? 0) + across,
    planY: input.planY ?? (row?.planY ?? 0) + along - across,
    feedAWatts: input.feedAWatts ?? null,
    feedBWatts: input.feedBWatts ?? null,
    departmentId: input.departmentId ? (uuidOf('Department', input.departmentId) ?? '-') : null,
    rackType: input.rackType ?? null,
  };
}
