import { Injectable } from '@nestjs/common';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { callNotice, nobodyNotice } from './alert-notices.js';
import { AlertsRepository } from './alerts.repository.js';
import type { AlertRow } from './alerts.types.js';
import { type Bundle, type Bundles, leads, liesUnanswered, namesSaid } from './domain/bundling.js';
import { ANSWER_MS, type Call, isNewOnDuty, type NextCall, nextCall, ROUNDS_MAX } from './domain/escalation.js';
import { onDutyOf } from './domain/roster.js';
import { RosterRepository } from './roster.repository.js';

const MINUTE_MS = 60_000;
/** An empty roster is looked at again: somebody may have been put on it. */
const EMPTY_AGAIN_MS = 5 * MINUTE_MS;

/** One step of the calling for one alert: the call, its message and the next moment in one transaction. */
@Injectable()
export class AlertCalls {
  constructor(
    private readonly repository: AlertsRepository,
    private readonly roster: RosterRepository,
    private readonly notices: Notices,
    private readonly leases: Leases,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** What comes right after somebody took the same on waits a little. */
  async wait(lease: Lease, waiting: Bundles['waiting']): Promise<void> {
    const until = Map.groupBy(waiting, (one) => one.until.getTime());
    for (const own of until.values())
      await this.unitOfWork.run(async (tx) => {
        if (!(await this.leases.stillHeld(tx, lease))) return;
        const ids = own.map(({ id }) => id);
        await this.repository.callLater(tx, ids, own[0]?.until ?? tx.now);
      });
  }

  /** 交接班: what nobody has answered is called for again, of whoever comes on duty. */
  async shiftChanged(lease: Lease, unanswered: readonly AlertRow[]): Promise<void> {
    if (unanswered.length === 0) return;
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.leases.stillHeld(tx, lease))) return;
      const shifts = await this.roster.standing(tx.now, tx);
      const calls = Map.groupBy(
        await this.repository.calls(
          unanswered.map(({ id }) => id),
          tx,
        ),
        ({ alertId }) => alertId,
      );
      for (const { id } of unanswered) {
        // Somebody may have taken it on a moment ago.
        const alert = await this.repository.locked(tx, WHOLE_PROVINCE, id);
        if (!alert || !liesUnanswered(alert)) continue;
        const called = (calls.get(id) ?? []).filter(({ series }) => series === alert.series);
        const onDuty = onDutyOf(shifts, alert.centerId, tx.now);
        if (
          !isNewOnDuty(
            called.map(({ userId }) => userId),
            onDuty,
          )
        )
          continue;
        await this.anew(tx, alert);
        tx.changed('dr', 'ALERTS');
      }
    });
  }

  /** What has one cause is called for once. */
  async next(lease: Lease, { anew, calls, followerIds, headId }: Bundle): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.leases.stillHeld(tx, lease))) return;
      // The head first, as whoever takes it on: what joins it afterwards would be nobody's, and is looked at again.
      const locked = await this.repository.locked(tx, WHOLE_PROVINCE, headId);
      if (!locked || !leads(locked)) return;
      const alert = anew && locked.state === 'OPEN' ? await this.anew(tx, locked) : locked;
      // Whoever was called for one of them has been called for all: the head goes on from there, and not from the first.
      const last = (await this.repository.lastCall(tx, alert)) ?? (await this.lastOf(tx, alert, followerIds));
      await this.repository.putBehind(tx, headId, followerIds);
      // Somebody has taken it on since it was found to be due.
      if (!calls || alert.state !== 'OPEN' || alert.nextCallAt === null || alert.nextCallAt > tx.now) return;
      const onDuty = onDutyOf(await this.roster.standing(tx.now, tx), alert.centerId, tx.now);
      await this.take(tx, alert, nextCall(alert.series, last, onDuty, tx.now));
    });
  }

  /** Nobody had answered, and more has come: from the first again, as for an alert that has become worse. */
  private async anew(tx: Tx, alert: AlertRow): Promise<AlertRow> {
    const values = { series: alert.series + 1, unansweredAt: null, nextCallAt: tx.now };
    await this.repository.update(tx, alert, values);
    return { ...alert, ...values, version: alert.version + 1 };
  }

  /** Of a head for which nobody was called yet: the last call of what goes behind it. Its graver news waits for nobody's deadline. */
  private async lastOf(tx: Tx, { series }: AlertRow, followerIds: readonly string[]): Promise<Call | null> {
    const last = await this.repository.lastCallOf(tx, followerIds);
    // Where their roster was all but through, the head begins from the first: somebody has to hear of it.
    return last && last.round < ROUNDS_MAX ? { ...last, series, deadlineAt: tx.now } : null;
  }

  private async take(tx: Tx, alert: AlertRow, next: NextCall): Promise<void> {
    if (next.kind === 'WAIT') {
      await this.repository.update(tx, alert, { nextCallAt: next.until });
      return;
    }
    if (next.kind === 'CALL') {
      const { call } = next;
      const callId = await this.repository.call(tx, alert.id, call);
      const behind = (await this.repository.followers([alert.id], tx)).map(({ name }) => name);
      const minutes = ANSWER_MS[call.role] / MINUTE_MS;
      await this.notices.tell(tx, callNotice(alert, callId, call.userId, minutes, namesSaid(behind)));
      await this.repository.update(tx, alert, { nextCallAt: call.deadlineAt, unansweredAt: null });
      tx.changed('dr', 'ALERTS');
      return;
    }
    const empty = next.because === 'EMPTY';
    const again = empty ? new Date(tx.now.getTime() + EMPTY_AGAIN_MS) : null;
    await this.repository.update(tx, alert, { nextCallAt: again, unansweredAt: alert.unansweredAt ?? tx.now });
    if (alert.unansweredAt !== null) return;
    const kind = empty ? 'EMPTY_ROSTER' : 'UNANSWERED';
    await this.repository.happened(tx, { alertId: alert.id, kind, severity: alert.severity, byName: null, note: null });
    await this.notices.tell(tx, nobodyNotice(alert, next.because));
    tx.changed('dr', 'ALERTS');
  }
}
