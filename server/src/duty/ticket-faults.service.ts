import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import type { Liability, OutageLayer } from '../outages/domain/outage.js';
import { OUTAGE_SYSTEMS_MAX } from '../outages/domain/outage.js';
import { Outages, type PreparedOutage } from '../outages/outages.service.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { faultOf, minutesOf, whyNoFault } from './domain/fault-minutes.js';
import { isText, TEXT_LENGTH_MAX } from './domain/ticket.js';
import { affectedDepartments } from './domain/ticket-links.js';
import { entryText } from './domain/ticket-words.js';
import { TicketLinks } from './ticket-links.service.js';
import { changedMeanwhile, notPermitted, unknown } from './ticket-refusals.js';
import { TicketsRepository } from './tickets.repository.js';
import type { TicketAct, TicketRow } from './tickets.types.js';

export interface FaultWish extends TicketAct {
  readonly layer: OutageLayer;
  readonly liability: Liability;
  readonly excuse: string | null;
  /** One that somebody has recorded already: the event is of it, and nothing is recorded a second time. */
  readonly outageCode: string | null;
}

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/**
 * What an event counts in the book of outages, by which contracts and availability are judged: decided once, by a person,
 * after it is restored. An event has one outage, and an outage one event, by a key: no minute flows twice.
 */
@Injectable()
export class TicketFaults {
  constructor(
    private readonly repository: TicketsRepository,
    private readonly links: TicketLinks,
    private readonly outages: Outages,
    private readonly acts: Acts,
  ) {}

  async confirm(viewer: Viewer, wish: FaultWish): Answer {
    const [seen] = wish.ticketId === undefined ? [] : await this.repository.byIds([wish.ticketId]);
    const prepared = seen && wish.outageCode === null ? await this.prepare(seen, wish) : null;
    const { excuse, layer, liability, outageCode } = wish;
    return this.on('fault', viewer, wish, { excuse, layer, liability, outageCode }, async (tx, row) => {
      if (row.centerId === null)
        return refuse([notPermitted('NO_CENTER', '请先写明发生在哪个数据中心', 'Say first in which center it was')]);
      const known = outageCode === null ? null : await this.outages.keptByCode(tx, outageCode.trim());
      if (outageCode !== null && (!known || known.centerId !== row.centerId)) return refuse([unknown('outageCode')]);
      // It would go on to count after the event is restored.
      if (known?.toAt === null)
        return refuse([
          notPermitted(
            'OUTAGE_LASTS',
            '该中断尚未登记结束时间，请先补登',
            'That outage has no end yet; record its end first',
          ),
        ]);
      const recorded = known ? ok(known) : await this.record(tx, viewer, row, prepared);
      if (!recorded.ok) return recorded;
      const outage = recorded.value;
      await this.repository.update(tx, row, {
        ...{ faultDecidedAt: tx.now, faultDecidedBy: viewer.name, outageId: outage.id },
      });
      const minutes = outage.toAt === null ? 0 : minutesOf(outage.fromAt, outage.toAt);
      const words = { kind: 'FAULT' as const, minutes, outageCode: outage.code };
      const said = entryText({ text: null, words }) ?? say('', '');
      await this.repository.happened(tx, {
        ...{ ticketId: row.id, state: null, byName: viewer.name, kind: 'FAULT', text: said.zh, words },
      });
      return ok(say(`${row.code} ${said.zh}`, `${row.code}: ${said.en}`));
    });
  }

  /** None of it counts: nobody's service was down. */
  none(viewer: Viewer, wish: TicketAct & { readonly reason: string }): Answer {
    const reason = wish.reason.trim();
    return this.on('noFault', viewer, wish, { reason }, async (tx, row) => {
      if (!isText(reason, TEXT_LENGTH_MAX))
        return refuse([
          {
            ...{ code: 'INVALID_INPUT', path: ['reason'], rule: 'length' },
            message: say('请写明为何不计', 'Say why nothing counts'),
          },
        ]);
      await this.repository.update(tx, row, { faultDecidedAt: tx.now, faultDecidedBy: viewer.name });
      await this.repository.happened(tx, {
        ...{ ticketId: row.id, state: null, byName: viewer.name, kind: 'NO_FAULT', text: reason, words: null },
      });
      return ok(say(`${row.code} 不计故障时长`, `No minutes of ${row.code} count`));
    });
  }

  private async prepare(row: TicketRow, { excuse, layer, liability }: FaultWish): Promise<PreparedOutage | null> {
    // Its own moments; that it may be decided now is asked again under its lock.
    const fault = row.restoredAt === null ? null : faultOf({ ...row, faultDecidedAt: null }, new Date(8.64e15));
    if (fault?.ok !== true) return null;
    const concerns = await this.links.concerns(await this.repository.links([row.id]), row.centerId);
    const systemIds = [...new Set(affectedDepartments(concerns).flatMap((one) => one.systemIds))];
    return this.outages.prepared({
      ...{ layer, title: row.title, liability, excuse, source: `值班台事件 ${row.code}`, ...fault.value },
      ...{ centerId: row.centerId ?? undefined, poolId: null, orderCode: null, windowCode: null, fileIds: [] },
      // Of more, all of the center were down, and naming them says nothing.
      systemIds: systemIds.length > OUTAGE_SYSTEMS_MAX ? [] : systemIds,
    });
  }

  private async record(tx: Tx, viewer: Viewer, row: TicketRow, prepared: PreparedOutage | null) {
    const fault = faultOf(row, tx.now);
    if (!fault.ok) return refuse([fault.error]);
    if (prepared === null) return refuse([changedMeanwhile(row.version, row.version)]);
    return this.outages.recordWithin(tx, viewer, { ...prepared, ...within(prepared, fault.value) });
  }

  private async on(
    act: string,
    viewer: Viewer,
    { expectedVersion, idempotencyKey, ticketId }: TicketAct,
    asked: { readonly [what: string]: string | null },
    work: (tx: Tx, row: TicketRow) => Promise<Result<Bilingual, readonly Refusal[]>>,
  ): Answer {
    const input = { ticketId: ticketId ?? null, expectedVersion, ...asked };
    try {
      return await this.acts.perform(
        { name: `dutyTicket.${act}`, actor: viewer, idempotencyKey, input },
        async (tx) => {
          const row = await this.repository.locked(tx, ticketId);
          if (!row) return refuse([unknown('id')]);
          if (row.version !== expectedVersion) return refuse([changedMeanwhile(expectedVersion, row.version)]);
          const not = whyNoFault(row);
          if (not) return refuse([not]);
          const done = await work(tx, row);
          if (!done.ok) return done;
          tx.changed('dr', 'ALERTS');
          return ok({
            value: { id: row.id },
            audit: {
              ...{ objectType: 'DutyTicket', objectId: row.id, departmentId: null },
              summary: done.value,
              after: asked,
            },
          });
        },
      );
    } catch (error) {
      if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
      // Another event is of that outage: its minutes are in the book, and are not told a second time.
      return refuse([
        notPermitted('OUTAGE_TAKEN', '这次中断已由另一事件认定', 'Another event is of that outage already'),
      ]);
    }
  }
}

/** The moments as they stand under the lock, in the wish that is judged and in the facts that are written. */
function within(
  { facts, wish }: PreparedOutage,
  moments: { readonly fromAt: Date; readonly toAt: Date },
): Pick<PreparedOutage, 'facts' | 'wish'> {
  return { facts: { ...facts, ...moments }, wish: { ...wish, ...moments } };
}
