import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { nextState } from '../kernel/state-machine.js';
import type { Viewer } from '../kernel/viewer.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { AlertsRepository } from './alerts.repository.js';
import type { AlertRow } from './alerts.types.js';
import { type AlertState, alertTable } from './domain/alert-state.js';
import { NOTE_LENGTH_MAX } from './domain/roster.js';
import { changedMeanwhile, tooLong, unknown } from './duty-refusals.js';

/** What people do about alerts: somebody takes it on, and nobody else is called any more. */
@Injectable()
export class AlertActs {
  constructor(
    private readonly repository: AlertsRepository,
    private readonly acts: Acts,
  ) {}

  /** Callers have been let operate the duty desk. */
  acknowledge(
    viewer: Viewer,
    wish: {
      readonly alertId: string | undefined;
      readonly expectedVersion: number;
      readonly note: string;
      readonly idempotencyKey: string;
    },
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'drAlert.acknowledge', actor: viewer, idempotencyKey, input }, async (tx) => {
      const alert = await this.repository.locked(tx, WHOLE_PROVINCE, wish.alertId);
      if (!alert) return refuse([unknown('id')]);
      const state = nextState(alertTable, alert.state, 'ACKNOWLEDGE');
      if (!state)
        return refuse([
          {
            code: 'ILLEGAL_TRANSITION',
            path: ['id'],
            state: alert.state,
            action: 'ACKNOWLEDGE',
            message:
              alert.state === 'CLOSED'
                ? say('告警已恢复', 'It is over already')
                : say('已有人确认', 'Somebody has taken it on already'),
          },
        ]);
      if (alert.version !== wish.expectedVersion)
        return refuse([changedMeanwhile(wish.expectedVersion, alert.version)]);
      const note = wish.note.trim();
      if (note.length > NOTE_LENGTH_MAX) return refuse([tooLong('note', NOTE_LENGTH_MAX)]);
      await this.taken(tx, viewer, alert, state, note || null);
      return ok({
        value: { id: alert.id },
        audit: {
          ...{ objectType: 'DrAlert', objectId: alert.id, departmentId: alert.departmentId },
          summary: say(
            `确认告警 ${alert.code ?? ''} ${alert.name}`,
            `Take on the alert ${alert.code ?? ''} ${alert.name}`,
          ),
          before: { state: alert.state },
          after: { state, note },
        },
      });
    });
  }

  /** Kept until the transaction ends; null = there is none. */
  locked(tx: Tx, alertId: string): Promise<AlertRow | null> {
    return this.repository.locked(tx, WHOLE_PROVINCE, alertId);
  }

  /** Within another's act: whoever opens an event for it has taken it on, and nobody else is called. */
  async takeOn(tx: Tx, viewer: Viewer, alert: AlertRow, note: string): Promise<void> {
    const state = nextState(alertTable, alert.state, 'ACKNOWLEDGE');
    if (state) await this.taken(tx, viewer, alert, state, note);
  }

  private async taken(tx: Tx, viewer: Viewer, alert: AlertRow, state: AlertState, note: string | null): Promise<void> {
    const values = {
      ...{ state, nextCallAt: null, unansweredAt: null },
      ...{ acknowledgedAt: tx.now, acknowledgedBy: viewer.name, acknowledgedNote: note },
    };
    await this.repository.update(tx, alert, values);
    // One call was for all of one cause: whoever answers it has them all.
    await this.repository.takeFollowers(tx, alert, values, viewer.name);
    const event = { alertId: alert.id, severity: alert.severity, byName: viewer.name, note };
    await this.repository.happened(tx, { ...event, kind: 'ACKNOWLEDGED' });
    tx.changed('dr', 'ALERTS');
  }
}
