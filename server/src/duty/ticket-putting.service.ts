import { Injectable } from '@nestjs/common';
import { AlertActs } from '../alerts/alert-acts.service.js';
import type { AlertRow } from '../alerts/alerts.types.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { isOver, type TicketKind } from './domain/ticket-state.js';
import type { ResolvedLink } from './ticket-links.service.js';
import { notPermitted, unknown } from './ticket-refusals.js';
import { TicketsRepository } from './tickets.repository.js';
import type { TicketRow } from './tickets.types.js';

/** Links are written down; an alert that an event names is taken on, and has no second event. */
@Injectable()
export class TicketPutting {
  constructor(
    private readonly repository: TicketsRepository,
    private readonly alerts: AlertActs,
  ) {}

  /** Of an event each alert once; of others they are only named. */
  async alertsOf(
    tx: Tx,
    kind: TicketKind,
    links: readonly ResolvedLink[],
  ): Promise<Result<AlertRow[], readonly Refusal[]>> {
    if (kind !== 'EVENT') return ok([]);
    const taken: AlertRow[] = [];
    // In one order, so that two who open events of the same alerts wait for each other and do not lock each other out.
    for (const id of links.flatMap((l) => (l.subjectType === 'DrAlert' ? l.subjectId : [])).toSorted()) {
      const alert = await this.alerts.locked(tx, id);
      if (!alert) return refuse([unknown('links')]);
      const live = await this.repository.liveOf(tx, id);
      if (live) return refuse([await this.hasEvent(tx, live.ticketId)]);
      taken.push(alert);
    }
    return ok(taken);
  }

  private async hasEvent(tx: Tx, ticketId: string): Promise<Refusal> {
    const [event] = await this.repository.byIds([ticketId], tx);
    const code = event?.code ?? '';
    return notPermitted('HAS_EVENT', `这条告警已有事件 ${code}`, `The alert has the event ${code} already`);
  }

  async put(tx: Tx, viewer: Viewer, row: TicketRow, links: readonly ResolvedLink[]): Promise<void> {
    const holds = row.kind === 'EVENT' && !isOver(row.state);
    await this.repository.link(
      tx,
      links.map((link) => ({
        ...{ ...link, ticketId: row.id, linkedAt: tx.now, linkedBy: viewer.name },
        live: holds && link.subjectType === 'DrAlert' ? 1 : null,
      })),
    );
  }

  /** Whoever names an alert in an event has taken it on: nobody else is called for it. */
  async takeOn(tx: Tx, viewer: Viewer, { code }: TicketRow, alerts: readonly AlertRow[]): Promise<void> {
    for (const alert of alerts) await this.alerts.takeOn(tx, viewer, alert, code);
  }
}
