import { Inject, Injectable } from '@nestjs/common';
import { BorrowedCapacity } from '../allocation/borrowed-capacity.service.js';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { groupOccupied } from '../resilience/domain/occupation.js';
import { GroupViews } from '../resilience/group-views.service.js';
import { GroupOccupations } from '../resilience/occupations.service.js';
import { borrowedBy } from './borrowed.js';
import { planItems } from './domain/drill-items.js';
import { awaitsApproval, DRILL_KIND_WORDS } from './domain/drill-notices.js';
import {
  changedMeanwhile,
  illegalNow,
  noMachines,
  notReady,
  samePerson,
  unknownDrill,
  wrongPlan,
  wrongText,
} from './domain/drill-refusals.js';
import type { DrillAction } from './domain/drill-state.js';
import { factOf } from './drill-audit.js';
import { DrillGrounds } from './drill-grounds.service.js';
import { approves } from './drill-views.service.js';
import { DrillsRepository } from './drills.repository.js';
import type { CopyRow, DrillRow, PlanWish, Precheck, Versioned } from './drills.types.js';
import { FrozenDrills } from './frozen-drills.service.js';
import { DRILL_CODE_PREFIX, HOUR_MS, planned, waiting } from './new-drill.js';

export type DrillAnswer = Promise<Result<{ id: string }, readonly Refusal[]>>;

const NO_ROOM_ANY_MORE = say(
  '资源池余量刚被占用，不足以启动副本',
  'The room of the copies has just been given to somebody else',
);

/** 演练计划: what is to be tried, who agrees to it, and whether it can be. Nothing is made yet. */
@Injectable()
export class DrillPlanning {
  constructor(
    private readonly repository: DrillsRepository,
    private readonly grounds: DrillGrounds,
    private readonly frozen: FrozenDrills,
    private readonly groups: GroupViews,
    private readonly occupations: GroupOccupations,
    private readonly facilities: FacilitiesService,
    private readonly capacity: BorrowedCapacity,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
    private readonly notices: Notices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async plan(viewer: Viewer, scope: TenantScope, { idempotencyKey, ...wish }: PlanWish): DrillAnswer {
    const group = wish.groupId === undefined ? null : await this.groups.inScope(scope, wish.groupId);
    const isCopied = wish.kind !== 'TABLETOP';
    const [center = null] = isCopied && wish.centerId ? await this.facilities.centersByIds([wish.centerId]) : [];
    const picture = group && center ? await this.grounds.picture(group.id) : null;
    const machines = picture && center ? await this.grounds.machinesIn(picture, center.id) : [];
    const input = { ...wish, groupId: wish.groupId ?? null, centerId: wish.centerId ?? null };
    return this.acts.perform({ name: 'drDrill.plan', actor: viewer, idempotencyKey, input }, async (tx) => {
      if (!group) return refuse([unknownDrill('groupId')]);
      const wrong = wrongPlan(wish, tx.now);
      if (isCopied && !center) wrong.push(unknownDrill('centerId'));
      else if (isCopied && machines.length === 0) wrong.push(noMachines());
      if (wrong.length > 0) return refuse(wrong);
      const id = newId(tx.now.getTime());
      const code = await this.codes.nextWithin(tx.manager, DRILL_CODE_PREFIX, accountingYear(tx.now));
      const row = planned(tx.now, viewer, { id, code }, group, wish, center?.id ?? null);
      await this.repository.insert(
        tx,
        row,
        planItems(wish.kind, wish.items).map((item) => waiting(id, item)),
      );
      await this.notices.tell(tx, awaitsApproval(row));
      const word = DRILL_KIND_WORDS[wish.kind];
      const after = { group: group.name, center: center?.name ?? null, ...input };
      return ok({ value: { id }, audit: factOf(row, say(`计划${word.zh}`, `a ${word.en} is planned`), after) });
    });
  }

  /** By another than who planned it: of the authority, or whose system it is. */
  approve(viewer: Viewer, scope: TenantScope, wish: Versioned): DrillAnswer {
    return this.on('APPROVE', viewer, scope, wish, {}, async (tx, row) => {
      if (!approves(viewer, row)) return refuse([unknownDrill()]);
      if (row.plannedById === viewer.userId) return refuse([samePerson()]);
      const by = { approvedById: viewer.userId, approvedBy: viewer.name, approvedAt: tx.now };
      await this.repository.update(tx, row, { state: 'APPROVED', ...by });
      return ok({ value: { id: row.id }, audit: factOf(row, say('批准演练', 'it is approved'), by) });
    });
  }

  cancel(viewer: Viewer, scope: TenantScope, wish: Versioned & { reason: string }): DrillAnswer {
    return this.on('CANCEL', viewer, scope, wish, { reason: wish.reason }, async (tx, row) => {
      const wrong = wrongText('reason', wish.reason);
      if (wrong.length > 0) return refuse(wrong);
      await this.repository.update(tx, row, { state: 'CANCELLED', abortReason: wish.reason.trim() });
      const what = say('取消演练', 'it is cancelled');
      return ok({ value: { id: row.id }, audit: factOf(row, what, { reason: wish.reason.trim() }) });
    });
  }

  /** Looks at everything, takes the group, and writes down which machines are copied. From here on it is cleaned up, come what may. */
  async precheck(viewer: Viewer, scope: TenantScope, wish: Versioned): DrillAnswer {
    const seen = wish.id === undefined ? null : await this.repository.byId(scope, wish.id);
    const found = seen && (await this.look(seen));
    const change = seen && (await this.frozen.changeOf(seen));
    return this.on('PRECHECK', viewer, scope, wish, {}, async (tx, row) => {
      const frozen = await this.frozen.refused(tx, change);
      if (frozen.length > 0) return refuse(frozen);
      const { copies, checks } = found ?? { copies: [], checks: [] };
      const failed = checks.filter(({ ok: passed }) => !passed);
      if (failed.length > 0) return refuse([notReady(failed.map(({ text }) => text))]);
      const self = { byKind: 'DRILL' as const, byId: row.id, byCode: row.code };
      const holder = await this.occupations.occupy(tx, row.groupId, self);
      if (holder) return refuse([groupOccupied(holder)]);
      if (copies.length > 0) await this.repository.insertCopies(tx, copies);
      await this.repository.update(tx, row, {
        // Nothing is isolated where nothing is copied.
        state: row.kind === 'TABLETOP' ? 'ISOLATED' : 'PRECHECKED',
        heldGroupId: row.groupId,
        precheck: [...checks],
        cleanupDueAt: new Date(tx.now.getTime() + row.cleanupHours * HOUR_MS),
      });
      const after = { checks: checks.map(({ code }) => code), copies: copies.map(({ name }) => name) };
      const audit = factOf(row, say('通过演练前检查', 'its precheck passed'), after);
      // Another may have been given the room since it was looked for.
      const last = async (): Promise<Result<void, readonly Refusal[]>> =>
        (await this.capacity.take(tx, borrowedBy(copies))) ? ok(undefined) : refuse([notReady([NO_ROOM_ANY_MORE])]);
      return ok({ value: { id: row.id }, audit, last });
    });
  }

  private async look(row: DrillRow): Promise<{ copies: CopyRow[]; checks: Precheck[] }> {
    const picture = await this.grounds.picture(row.groupId);
    const [center = null] = row.centerId === null ? [] : await this.facilities.centersByIds([row.centerId]);
    if (row.kind === 'TABLETOP') return { copies: [], checks: [] };
    if (!picture || !center) {
      const text = say('容灾组或演练中心已不存在', 'The group, or the center of the drill, is there no more');
      return { copies: [], checks: [{ code: 'MACHINES', ok: false, text }] };
    }
    const machines = await this.grounds.machinesIn(picture, center.id);
    const checks = await this.grounds.precheck(picture, center, machines, this.clock.now());
    const copies = machines.map(({ row: machine, wave }) => ({
      ...{ drillId: row.id, resourceId: machine.id, name: machine.name, diskGib: machine.diskGib, wave },
      ...{ objectNamespace: machine.objectNamespace, objectName: machine.objectName, identity: newId() },
      ...{ volumes: null, state: 'WAITING' as const, trouble: null, troubleEn: null, readyAt: null },
      borrowed: {
        ...{ poolId: machine.poolId, vcpu: machine.vcpu, memoryMib: machine.memoryMib },
        storageTier: machine.storageTier,
      },
    }));
    return { copies, checks };
  }

  private on(
    action: DrillAction,
    viewer: Viewer,
    scope: TenantScope,
    { expectedVersion, id, idempotencyKey }: Versioned,
    more: Record<string, unknown>,
    work: (tx: Tx, row: DrillRow) => ReturnType<Parameters<Acts['perform']>[1]>,
  ): DrillAnswer {
    return onDrill(
      { repository: this.repository, acts: this.acts },
      { action, viewer, scope, id, expectedVersion, idempotencyKey, input: more },
      work,
    );
  }
}

export interface DrillAct {
  readonly action: DrillAction | 'PRESS';
  readonly viewer: Viewer;
  readonly scope: TenantScope;
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  readonly input: Record<string, unknown>;
}

/** One act of a person on one drill: it is in reach, locked, as it was seen, and in a state that allows it. */
export async function onDrill(
  { acts, repository }: { readonly acts: Acts; readonly repository: DrillsRepository },
  { action, expectedVersion, id, idempotencyKey, input, scope, viewer }: DrillAct,
  work: (tx: Tx, row: DrillRow) => ReturnType<Parameters<Acts['perform']>[1]>,
): DrillAnswer {
  const seen = id === undefined ? null : await repository.byId(scope, id);
  const name = `drDrill.${action.toLowerCase()}`;
  const whole = { id: id ?? null, expectedVersion, ...input };
  const done = await acts.perform({ name, actor: viewer, idempotencyKey, input: whole }, async (tx) => {
    const row = seen && (await repository.locked(tx, seen.id));
    if (!row) return refuse([unknownDrill()]);
    const stopped = changedMeanwhile(expectedVersion, row.version) ?? illegalNow(row.state, action);
    return stopped ? refuse([stopped]) : work(tx, row);
  });
  return done as Awaited<DrillAnswer>;
}
