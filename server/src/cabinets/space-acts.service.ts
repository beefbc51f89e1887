import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { ThingsGivenBack } from '../facilities/things-given-back.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { QuotaTakings } from '../quotas/quota-takings.service.js';
import { type Holder, OCCUPANT_KINDS } from './domain/holder.js';
import { invalid, notOpenDepartment, notPermitted } from './domain/refusals.js';
import { SpaceService } from './space.service.js';
import type { PlaceWish } from './space.types.js';
import { lastOf, SpaceQuotas, type SpaceWays } from './space-quotas.service.js';
import {
  type BlockWish,
  factOf,
  type HolderWish,
  LABEL_OF_BLOCK_MAX,
  type OccupantWish,
  placeWish,
} from './space-wishes.js';

type Outcome<T> = Result<T, readonly Refusal[]>;

/** What a facility engineer does by hand to what is in cabinets. */
@Injectable()
export class SpaceActs {
  constructor(
    private readonly acts: Acts,
    private readonly space: SpaceService,
    private readonly departments: DepartmentsService,
    private readonly quotas: SpaceQuotas,
    private readonly takings: QuotaTakings,
    private readonly givenBack: ThingsGivenBack,
  ) {}

  async placeOccupant(viewer: Viewer, wish: OccupantWish, idempotencyKey: string): Promise<Outcome<{ id: string }>> {
    const department =
      wish.departmentId === null ? null : await this.departments.department(WHOLE_PROVINCE, wish.departmentId);
    const ways = await this.quotas.waysOf([department?.id ?? null], {});
    return this.put(viewer, 'cabinet.place_occupant', { wish, idempotencyKey, ways }, async (tx) => {
      // It may have been closed since it was looked up; from here on it is not.
      const open = await this.departments.openAmong(tx, wish.departmentId === null ? [] : [wish.departmentId]);
      if (wish.departmentId !== null && !open.has(wish.departmentId))
        return refuse([notOpenDepartment(['departmentId'])]);
      return placeWish(wish, { state: 'OCCUPIED' }, say(`上架 ${wish.label}`, `Install ${wish.label}`));
    });
  }

  async blockUnits(viewer: Viewer, wish: BlockWish, idempotencyKey: string): Promise<Outcome<{ id: string }>> {
    const ways = await this.quotas.waysOf([], {});
    return this.put(viewer, 'cabinet.block_units', { wish, idempotencyKey, ways }, async () => {
      // A strip beside the units cannot be in anybody's way.
      if (wish.heightUnits === 0) return refuse([invalid(['heightUnits'], 'range', '至少半U', 'Half a unit at least')]);
      const blocked = {
        ...wish,
        kind: 'BLOCK',
        label: wish.reason,
        departmentId: null,
        powerW: 0,
        weightGrams: 0,
      } as const;
      return placeWish(
        { ...blocked, label: wish.reason.slice(0, LABEL_OF_BLOCK_MAX) },
        { state: 'BLOCKED', reason: wish.reason },
        say(`停用U位：${wish.reason}`, `Block units: ${wish.reason}`),
      );
    });
  }

  unblockUnits(viewer: Viewer, wish: HolderWish, idempotencyKey: string): Promise<Outcome<{ id: string }>> {
    return this.end(viewer, 'cabinet.unblock_units', wish, idempotencyKey, (holder) =>
      holder.state === 'BLOCKED'
        ? null
        : invalid(['holderId'], 'blocked', '这不是停用的U位', 'These units are not blocked'),
    );
  }

  /** Takes out what has no record of its own elsewhere (what was taken in has its quota until then), or gives up a planned move. */
  releaseHolder(viewer: Viewer, wish: HolderWish, idempotencyKey: string): Promise<Outcome<{ id: string }>> {
    return this.end(viewer, 'cabinet.release_holder', wish, idempotencyKey, (holder) =>
      (OCCUPANT_KINDS as readonly string[]).includes(holder.kind) ||
      holder.kind === 'INTAKE' ||
      holder.plannedForId !== null
        ? null
        : notPermitted(
            ['holderId'],
            'HAS_A_RECORD',
            '请在其自己的页面上释放（服务器、申请单等）',
            'It is released where its own record is (server, request …)',
          ),
    );
  }

  private put(
    viewer: Viewer,
    name: string,
    {
      wish: input,
      idempotencyKey,
      ways,
    }: { readonly wish: unknown; readonly idempotencyKey: string; readonly ways: SpaceWays },
    wishOf: (tx: Tx) => Promise<Outcome<{ readonly wish: PlaceWish; readonly summary: Bilingual }>>,
  ): Promise<Outcome<{ id: string }>> {
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx: Tx) => {
      const asked = await wishOf(tx);
      if (!asked.ok) return asked;
      const { wish, summary } = asked.value;
      const placed = await this.space.place(tx, wish);
      if (!placed.ok) return placed;
      const settled = await this.quotas.settle(tx, ways, { holderIds: [placed.value.holderId] });
      if (!settled.ok) return settled;
      return ok({
        value: { id: placed.value.holderId },
        last: lastOf(settled.value),
        audit: {
          objectType: 'Cabinet',
          objectId: placed.value.cabinetId,
          departmentId: wish.departmentId ?? null,
          summary,
          after: { ...placed.value, kind: wish.kind, powerW: wish.powerW, weightGrams: wish.weightGrams },
        },
      });
    });
  }

  private end(
    viewer: Viewer,
    name: string,
    wish: HolderWish,
    idempotencyKey: string,
    objection: (holder: Holder) => Refusal | null,
  ): Promise<Outcome<{ id: string }>> {
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      await this.givenBack.keep(tx, [wish.holderId]);
      const ended = await this.space.end(tx, { ...wish, path: ['holderId'] }, objection);
      if (!ended.ok) return ended;
      const { label } = ended.value;
      const { giveBackLast } = await this.takings.giveBack(tx, [ended.value.id]);
      const followLast = await this.givenBack.givenBack(tx, [ended.value.id], viewer.name);
      return ok({
        value: { id: ended.value.cabinetId },
        audit: factOf(ended.value, say(`释放 ${label}`, `Release ${label}`)),
        last: async () => {
          await followLast();
          await giveBackLast();
          return ok(undefined);
        },
      });
    });
  }
}
