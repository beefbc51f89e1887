import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { PeopleToTell } from '../identity/people-to-tell.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Role, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { HandOverRow, ShiftRow } from './alerts.types.js';
import type { DutyRole } from './domain/escalation.js';
import { SHIFTS_PER_IMPORT_MAX, wrongShifts } from './domain/roster.js';
import { changedMeanwhile, unknown } from './duty-refusals.js';
import { RosterRepository } from './roster.repository.js';

type Answer = Promise<Result<{ ids: string[] }, readonly Refusal[]>>;

/** Who may stand on the roster: those who may take an alert on. Whoever else was called could not answer. */
export const ROSTER_ROLES: readonly Role[] = ['DUTY_ENGINEER', 'DR_OPERATOR', 'LEADER'];
/** A month of three centers, three roles and three shifts a day, and more than half of it again. */
const SHIFTS_SHOWN_MAX = 1_500;
const HAND_OVERS_SHOWN = 30;

export interface ShiftWish {
  readonly centerId: string | undefined;
  readonly role: DutyRole;
  readonly userId: string | undefined;
  readonly fromAt: Date;
  readonly toAt: Date;
}

/** 值班表: who answers for which desk, from when to when. */
@Injectable()
export class Roster {
  constructor(
    private readonly repository: RosterRepository,
    private readonly facilities: FacilitiesService,
    private readonly people: PeopleToTell,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  between(from: Date, to: Date): Promise<ShiftRow[]> {
    return this.repository.between(from, to, SHIFTS_SHOWN_MAX);
  }

  standing(): Promise<ShiftRow[]> {
    return this.repository.standing(this.clock.now());
  }

  handOvers(): Promise<HandOverRow[]> {
    return this.repository.handOvers(HAND_OVERS_SHOWN);
  }

  /** Batch for loaders. */
  readonly shifts = async (ids: readonly string[]): Promise<(ShiftRow | null)[]> => {
    const byId = new Map((await this.repository.byIds(ids)).map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  };

  async candidates(): Promise<{ readonly userId: string; readonly name: string; readonly reachable: boolean }[]> {
    const found = await this.people.find(ROSTER_ROLES, [], this.clock.now());
    const byId = new Map(
      found.map(({ displayName, phone, userId }) => [userId, { userId, name: displayName, reachable: !!phone }]),
    );
    return [...byId.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'zh'));
  }

  /** All of them or none: half a roster is worse than the old one. */
  async add(viewer: Viewer, wish: { readonly rows: readonly ShiftWish[]; readonly idempotencyKey: string }): Answer {
    const input = {
      rows: wish.rows.map(({ fromAt, toAt, ...row }) => ({
        ...row,
        fromAt: fromAt.toISOString(),
        toAt: toAt.toISOString(),
      })),
    };
    const [centers, candidates] = await Promise.all([this.facilities.centers(), this.candidates()]);
    const knownCenters = new Set(centers.map(({ id }) => id));
    const knownPeople = new Set(candidates.map(({ userId }) => userId));
    return this.acts.perform(
      { name: 'duty.addShifts', actor: viewer, idempotencyKey: wish.idempotencyKey, input },
      async (tx) => {
        const { rows } = wish;
        if (rows.length === 0 || rows.length > SHIFTS_PER_IMPORT_MAX) return refuse([wrongCount()]);
        const strangers = rows.flatMap(({ centerId, userId }, at): Refusal[] => [
          ...(centerId && knownCenters.has(centerId) ? [] : [unknown('rows', String(at), 'centerId')]),
          ...(userId && knownPeople.has(userId) ? [] : [unknown('rows', String(at), 'userId')]),
        ]);
        if (strangers.length > 0) return refuse(strangers);
        const wishes = rows.map((row) => ({ ...row, centerId: row.centerId as string, userId: row.userId as string }));
        await this.repository.lockDesks(tx, desksOf(wishes));
        const from = new Date(Math.min(...wishes.map(({ fromAt }) => fromAt.getTime())));
        const to = new Date(Math.max(...wishes.map(({ toAt }) => toAt.getTime())));
        const centerIds = [...new Set(wishes.map(({ centerId }) => centerId))];
        const wrong = wrongShifts(wishes, await this.repository.ofDesks(tx, centerIds, from, to), tx.now);
        if (wrong.length > 0) return refuse(wrong);
        const made = wishes.map((row) => ({
          ...{ ...row, id: newId(tx.now.getTime()), version: 1, madeBy: viewer.name, madeAt: tx.now },
        }));
        await this.repository.insert(tx, made);
        tx.changed('dr', 'ALERTS');
        return ok({
          value: { ids: made.map(({ id }) => id) },
          audit: {
            ...{ objectType: 'DutyRoster', objectId: made[0]?.id ?? '-', departmentId: null },
            summary: say(`排班 ${made.length} 班`, `Put ${made.length} shifts on the roster`),
            after: input,
          },
        });
      },
    );
  }

  /** What has not begun may be taken off; what has begun is handed over. */
  remove(
    viewer: Viewer,
    wish: { readonly shiftId: string | undefined; readonly expectedVersion: number; readonly idempotencyKey: string },
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'duty.removeShift', actor: viewer, idempotencyKey, input }, async (tx) => {
      const shift = await this.repository.locked(tx, wish.shiftId);
      if (!shift) return refuse([unknown('id')]);
      if (shift.version !== wish.expectedVersion)
        return refuse([changedMeanwhile(wish.expectedVersion, shift.version)]);
      if (shift.fromAt <= tx.now)
        return refuse([
          {
            ...{ code: 'ILLEGAL_TRANSITION', path: ['id'], state: 'BEGUN', action: 'REMOVE' },
            message: say('已开始的班次不能删除，请交接', 'It has begun: hand it over instead'),
          },
        ]);
      await this.repository.remove(tx, shift.id);
      tx.changed('dr', 'ALERTS');
      return ok({
        value: { ids: [shift.id] },
        audit: {
          ...{ objectType: 'DutyRoster', objectId: shift.id, departmentId: null },
          summary: say('撤下一班', 'Take a shift off the roster'),
          before: { userId: shift.userId, fromAt: shift.fromAt.toISOString(), toAt: shift.toAt.toISOString() },
        },
      });
    });
  }
}

function desksOf(rows: readonly { readonly centerId: string; readonly role: DutyRole }[]) {
  return [...new Map(rows.map(({ centerId, role }) => [`${centerId}/${role}`, { centerId, role }])).values()];
}

function wrongCount(): Refusal {
  return {
    ...{ code: 'INVALID_INPUT', path: ['rows'], rule: 'count' },
    message: say(`一次 1 至 ${SHIFTS_PER_IMPORT_MAX} 班`, `1 to ${SHIFTS_PER_IMPORT_MAX} shifts at once`),
  };
}
