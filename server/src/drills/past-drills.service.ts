import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import { Tx } from '../platform/database/unit-of-work.js';
import { GroupViews } from '../resilience/group-views.service.js';
import { type OwnItem, planItems } from './domain/drill-items.js';
import { unknownDrill } from './domain/drill-refusals.js';
import type { DrillKind } from './domain/drill-state.js';
import { type PastMoments, pastMoments } from './domain/past-drill.js';
import { factOf } from './drill-audit.js';
import { DrillClosing } from './drill-closing.service.js';
import { DrillGrounds, type MachineToCopy, machinesFound } from './drill-grounds.service.js';
import { DrillTicketsRepository } from './drill-tickets.repository.js';
import { DrillsRepository } from './drills.repository.js';
import type { CopyRow, DrillRow } from './drills.types.js';
import { DRILL_CODE_PREFIX, HOUR_MS, planned } from './new-drill.js';

interface Named {
  readonly userId: string;
  readonly name: string;
}

/** A drill of the time before the console, as its papers tell it. */
export interface PastDrill {
  readonly groupId: string;
  readonly kind: DrillKind;
  readonly centerId: string | null;
  readonly scenario: string;
  readonly plannedBy: Named;
  readonly approvedBy: Named;
  readonly begunAt: Date;
  readonly own: readonly OwnItem[];
  /** Of each entry: how long it took, and who did it; nobody where it was read at the cluster. */
  readonly entries: readonly { readonly seconds: number; readonly by: Named | null }[];
  /** How old the data was that was brought back; null = there was none. */
  readonly dataAgeSeconds: number | null;
  readonly cleanupHours: number;
  /** From its end until nothing of it was left. */
  readonly cleanupSeconds: number;
  /** What it found was put right so many days later; null = it is open still. */
  readonly rectified: { readonly days: number; readonly by: string; readonly note: string } | null;
}

const PLANNED_BEFORE_MS = 7 * 24 * HOUR_MS;
const APPROVED_BEFORE_MS = 3 * 24 * HOUR_MS;
/** Looked at, isolated and begun one after another. */
const PRECHECKED_BEFORE_MS = 600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Takes in drills of the time before, as the demonstration does: judged, reported and signed by the same hands as those that
 * are closed today, as of the day on which they ended; nobody is told, because it is known.
 */
@Injectable()
export class PastDrills {
  constructor(
    private readonly repository: DrillsRepository,
    private readonly tickets: DrillTicketsRepository,
    private readonly closing: DrillClosing,
    private readonly grounds: DrillGrounds,
    private readonly groups: GroupViews,
    private readonly facilities: FacilitiesService,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
  ) {}

  /** The earliest first, so that the newest is what the group was drilled by last. */
  async takeOver(actor: Actor, past: PastDrill): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const group = await this.groups.inScope(WHOLE_PROVINCE, past.groupId);
    const [center = null] = past.centerId === null ? [] : await this.facilities.centersByIds([past.centerId]);
    const picture = center && (await this.grounds.picture(past.groupId));
    const machines = picture && center ? await this.grounds.machinesIn(picture, center.id) : [];
    if (!group || (past.centerId !== null && machines.length === 0)) return refuse([unknownDrill('groupId')]);
    const moments = pastMoments(
      past.begunAt,
      planItems(past.kind, past.own),
      past.entries.map(({ seconds }) => seconds),
    );
    const before = (ms: number) => new Date(past.begunAt.getTime() - ms);
    const plannedAt = before(PLANNED_BEFORE_MS);
    const wish = { ...past, plannedAt: past.begunAt, items: past.own };
    const drawn = planned(
      plannedAt,
      past.plannedBy,
      { id: newId(plannedAt.getTime()), code: '' },
      group,
      wish,
      past.centerId,
    );
    const row: DrillRow = {
      ...drawn,
      ...{ state: 'CLEANING_UP', heldGroupId: group.id, cleanups: 1, cleanupBegunAt: moments.endsAt },
      ...{
        approvedById: past.approvedBy.userId,
        approvedBy: past.approvedBy.name,
        approvedAt: before(APPROVED_BEFORE_MS),
      },
      cleanupDueAt: new Date(past.begunAt.getTime() - PRECHECKED_BEFORE_MS + past.cleanupHours * HOUR_MS),
      // Room and lag of today say nothing of that day.
      precheck: center ? [{ code: 'MACHINES', ok: true, text: machinesFound(machines.length) }] : [],
      ...(past.dataAgeSeconds === null
        ? { hasData: false, dataPoint: null }
        : { hasData: true, dataPoint: new Date(past.begunAt.getTime() - past.dataAgeSeconds * 1_000) }),
    };
    const ground = await this.closing.groundFor(row);
    const closedAt = new Date(moments.endsAt.getTime() + past.cleanupSeconds * 1_000);
    return this.acts.perform(
      { name: 'drDrill.takeOver', actor, input: { groupId: group.id, begunAt: past.begunAt.toISOString() } },
      async (tx) => {
        const code = await this.codes.nextWithin(tx.manager, DRILL_CODE_PREFIX, accountingYear(plannedAt));
        const live = { ...row, code };
        await this.write(tx, live, past, moments, machines);
        // Whatever closes it sees the clock of that day, and tells of its changes today.
        const then = new Tx(tx.manager, closedAt);
        const closed = await this.closing.close(then, live, ground);
        for (const { subjectId, topic } of then.changes) tx.changed(topic, subjectId);
        await this.putRight(tx, live, past, closedAt);
        const what = say('补录历史演练', 'a drill of the time before is taken in');
        return ok({
          value: { id: row.id },
          audit: factOf(live, what, { closedAt: closedAt.toISOString(), ...closed }),
        });
      },
    );
  }

  private async write(
    tx: Tx,
    row: DrillRow,
    past: PastDrill,
    { items, marks }: PastMoments,
    machines: readonly MachineToCopy[],
  ): Promise<void> {
    const byOf = (number: number) => past.entries[number - 1]?.by ?? null;
    await this.repository.insert(
      tx,
      row,
      items.map((item) => {
        const by = byOf(item.number);
        const said = { note: null, noteEn: null, doneById: by?.userId ?? null, doneBy: by?.name ?? null };
        return { drillId: row.id, ...item, ...said, state: 'DONE' as const };
      }),
    );
    for (const { at, mark, number } of marks) {
      const byName = number === null ? past.plannedBy.name : (byOf(number)?.name ?? null);
      await this.repository.mark(tx, { drillId: row.id, mark, at, byName });
    }
    const readyAt = items.find(({ code }) => code === 'PROBE')?.doneAt ?? null;
    if (machines.length > 0)
      await this.repository.insertCopies(
        tx,
        machines.map((one) => copyOf(row, one, readyAt)),
      );
  }

  private async putRight(tx: Tx, row: DrillRow, { rectified }: PastDrill, closedAt: Date): Promise<void> {
    if (rectified === null) return;
    const doneAt = new Date(Math.min(closedAt.getTime() + rectified.days * DAY_MS, tx.now.getTime()));
    for (const ticket of await this.tickets.ofDrill(tx, row.id))
      await this.tickets.update(tx, ticket, {
        ...{ state: 'DONE', doneAt, doneBy: rectified.by, doneNote: rectified.note },
      });
  }
}

/** Gone long since, and with it what it was given of a pool. */
function copyOf({ id }: DrillRow, { row, wave }: MachineToCopy, readyAt: Date | null): CopyRow {
  return {
    ...{ drillId: id, resourceId: row.id, name: row.name, diskGib: row.diskGib, wave, identity: newId() },
    ...{ objectNamespace: row.objectNamespace, objectName: row.objectName, volumes: null, borrowed: null },
    ...{ state: 'GONE', trouble: null, troubleEn: null, readyAt },
  };
}
