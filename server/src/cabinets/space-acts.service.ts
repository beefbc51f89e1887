import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { AuditFact } from '../audit/audit.types.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { QuotaTakings } from '../quotas/quota-takings.service.js';
import { type Face, type Holder, OCCUPANT_KINDS, type OccupantKind } from './domain/holder.js';
import { invalid, notPermitted, unknown } from './domain/refusals.js';
import { toHalfUnits } from './domain/units.js';
import { SpaceService } from './space.service.js';
import type { PlaceWish } from './space.types.js';

type Outcome<T> = Result<T, readonly Refusal[]>;

export interface OccupantWish {
  readonly cabinetId: string;
  readonly startUnit: number | null;
  readonly heightUnits: number;
  readonly face: Face;
  readonly kind: OccupantKind;
  readonly label: string;
  readonly departmentId: string | null;
  readonly powerW: number;
  readonly weightGrams: number;
}

export interface BlockWish {
  readonly cabinetId: string;
  readonly startUnit: number;
  readonly heightUnits: number;
  readonly face: Face;
  readonly reason: string;
}

/** What a facility engineer does by hand to what is in cabinets. */
@Injectable()
export class SpaceActs {
  constructor(
    private readonly acts: Acts,
    private readonly space: SpaceService,
    private readonly departments: DepartmentsService,
    private readonly quotas: QuotaTakings,
  ) {}

  async placeOccupant(viewer: Viewer, wish: OccupantWish, idempotencyKey: string): Promise<Outcome<{ id: string }>> {
    const department =
      wish.departmentId === null ? null : await this.departments.department(WHOLE_PROVINCE, wish.departmentId);
    return this.put(viewer, 'cabinet.place_occupant', wish, idempotencyKey, () => {
      if (wish.departmentId !== null && !department)
        return refuse([unknown(['departmentId'], '找不到这个单位', 'There is no such department')]);
      return placeWish(wish, { state: 'OCCUPIED' }, say(`上架 ${wish.label}`, `Install ${wish.label}`));
    });
  }

  async blockUnits(viewer: Viewer, wish: BlockWish, idempotencyKey: string): Promise<Outcome<{ id: string }>> {
    return this.put(viewer, 'cabinet.block_units', wish, idempotencyKey, () => {
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
    input: unknown,
    idempotencyKey: string,
    wishOf: () => Outcome<{ readonly wish: PlaceWish; readonly summary: Bilingual }>,
  ): Promise<Outcome<{ id: string }>> {
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx: Tx) => {
      const asked = wishOf();
      if (!asked.ok) return asked;
      const { wish, summary } = asked.value;
      const placed = await this.space.place(tx, wish);
      if (!placed.ok) return placed;
      return ok({
        value: { id: placed.value.holderId },
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
      const ended = await this.space.end(tx, { ...wish, path: ['holderId'] }, objection);
      if (!ended.ok) return ended;
      const { label } = ended.value;
      const { giveBackLast } = await this.quotas.giveBack(tx, [ended.value.id]);
      return ok({
        value: { id: ended.value.cabinetId },
        audit: factOf(ended.value, say(`释放 ${label}`, `Release ${label}`)),
        last: async () => {
          await giveBackLast();
          return ok(undefined);
        },
      });
    });
  }
}

export interface HolderWish {
  readonly holderId: string;
  readonly expectedVersion: number;
}

/** As wide as the label's column; a reason may be longer. */
const LABEL_OF_BLOCK_MAX = 100;

function placeWish(
  asked: Omit<OccupantWish, 'kind'> & Pick<PlaceWish, 'kind'>,
  more: Pick<PlaceWish, 'state'> & Partial<PlaceWish>,
  summary: Bilingual,
): Outcome<{ readonly wish: PlaceWish; readonly summary: Bilingual }> {
  const heightHalfUnits = toHalfUnits(asked.heightUnits);
  if (heightHalfUnits === undefined)
    return refuse([
      invalid(['heightUnits'], 'halfUnits', '高度须为半U的整数倍', 'A height is a multiple of half a unit'),
    ]);
  const { cabinetId, startUnit, heightUnits: _, ...facts } = asked;
  return ok({ wish: { ...facts, ...more, heightHalfUnits, where: { cabinetId, startUnit } }, summary });
}

export function traceOf({ id, label, cabinetId, startHalfUnit, heightHalfUnits, face, state }: Holder) {
  return { id, label, cabinetId, startHalfUnit, heightHalfUnits, face, state };
}

export function factOf(holder: Holder, summary: Bilingual): AuditFact {
  return {
    objectType: 'Cabinet',
    objectId: holder.cabinetId,
    departmentId: holder.departmentId,
    summary,
    after: traceOf(holder),
  };
}
