import { Injectable } from '@nestjs/common';
import type { Center } from '../facilities/domain/facility.js';
import { accountingYear } from '../kernel/calendar.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { GroupStanding, type StandingGroup } from '../resilience/group-standing.service.js';
import { closedNotice, openedNotice } from './alert-notices.js';
import { AlertsRepository } from './alerts.repository.js';
import type { AlertRow } from './alerts.types.js';
import { type AlertNews, type Step, stepAlert } from './domain/alert-state.js';
import { ROUNDS_MAX } from './domain/escalation.js';
import { BOUNDARY_OPENED, type Finding } from './domain/findings.js';
import { ShiftLog } from './shift-log.service.js';

/** GJ: 告警. */
const CODE_PREFIX = 'GJ';

export interface AlertGround {
  readonly groupOf: ReadonlyMap<string, StandingGroup>;
  readonly centerOf: ReadonlyMap<string, Center>;
}

/** One step of one alert, in a transaction of its own and under the round's lease. */
@Injectable()
export class AlertKeeping {
  constructor(
    private readonly repository: AlertsRepository,
    private readonly standing: GroupStanding,
    private readonly codes: CodeSequence,
    private readonly notices: Notices,
    private readonly leases: Leases,
    private readonly unitOfWork: UnitOfWork,
    private readonly log: ShiftLog,
  ) {}

  async step(lease: Lease, row: AlertRow | null, finding: Finding | null, ground: AlertGround): Promise<void> {
    // A look before the transaction: most of what stands goes on standing, and is not written.
    if (row && finding && row.clearingSince === null && row.state !== 'HELD' && isSame(row, finding)) return;
    const centerId = row === null && finding ? await this.deskOf(finding, ground) : (row?.centerId ?? null);
    await this.unitOfWork
      .run(async (tx) => {
        if (!(await this.leases.stillHeld(tx, lease))) return;
        const step = stepAlert(row, finding?.severity ?? null, tx.now);
        if (row === null) {
          if (finding && step.alert) await this.begin(tx, finding, step, centerId, ground);
        } else if (step.alert === null) await this.repository.forget(tx, row);
        else await this.move(tx, row, finding, step);
      })
      .catch((error: unknown) => {
        // Another process had the lease a moment ago and wrote it first: the key lets through one.
        if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
      });
  }

  private async begin(
    tx: Tx,
    finding: Finding,
    { alert, news }: Step,
    centerId: string | null,
    { centerOf, groupOf }: AlertGround,
  ): Promise<void> {
    if (!alert) return;
    const group = finding.groupId === null ? undefined : groupOf.get(finding.groupId);
    const center = finding.centerId === null ? undefined : centerOf.get(finding.centerId);
    const row: AlertRow = {
      ...{ id: newId(tx.now.getTime()), code: null, openKey: 1, series: 1, version: 1 },
      ...{ subjectKind: finding.subjectKind, subjectId: finding.subjectId, rule: finding.rule, reason: finding.reason },
      ...{ state: 'HELD', severity: alert.severity, callsOut: finding.callsOut, seenAt: alert.seenAt },
      ...{ underSilence: finding.underSilence, headId: null },
      ...{
        groupId: finding.groupId,
        systemId: group?.row.systemId ?? null,
        departmentId: group?.row.departmentId ?? null,
      },
      ...{ centerId, name: group?.row.name ?? center?.name ?? '–' },
      tierName: group?.tiers.find(({ id }) => id === finding.reason.tierId)?.name ?? null,
      ...{ openedAt: null, clearingSince: null, closedAt: null, nextCallAt: null, unansweredAt: null },
      ...{ acknowledgedAt: null, acknowledgedBy: null, acknowledgedNote: null },
    };
    const opened = news === 'OPENED' ? { ...row, ...(await this.openedOf(tx, finding.callsOut)) } : row;
    await this.repository.insert(tx, opened);
    if (news) await this.tell(tx, opened, news);
  }

  private async move(tx: Tx, row: AlertRow, finding: Finding | null, { alert, news }: Step): Promise<void> {
    if (!alert) return;
    const { clearingSince, severity, state } = alert;
    const { callsOut, reason, underSilence } = finding ?? row;
    const said = { reason, callsOut, underSilence };
    const values: Partial<AlertRow> = {
      state,
      severity,
      clearingSince,
      ...said,
      ...(await this.newsOf(tx, row, finding, news)),
    };
    const written = await (news ? this.repository.update(tx, row, values) : this.repository.follow(tx, row, values));
    if (!written) return;
    // For whatever stood behind it nobody would be called any more.
    if (state === 'CLOSED' || (row.callsOut && !callsOut)) await this.repository.leaveHead(tx, row.id);
    if (news) await this.tell(tx, { ...row, ...values }, news);
  }

  private async newsOf(
    tx: Tx,
    row: AlertRow,
    finding: Finding | null,
    news: AlertNews | null,
  ): Promise<Partial<AlertRow>> {
    switch (news) {
      case 'OPENED':
        return this.openedOf(tx, finding?.callsOut ?? false);
      case 'WORSENED':
        // While people are being called it goes on upwards: who has not answered for the lighter one is not waited for again.
        // An empty roster is looked at again, too, but calls nobody: of what is graver the operators are told once more.
        if (finding?.callsOut && isBeingCalled(row)) {
          // In the last round few or none are left to go on to: that would end with nobody called for what is graver.
          const last = await this.repository.lastCall(tx, row);
          if (last === null || last.round < ROUNDS_MAX) return {};
        }
        // It is judged anew with whom it is called for.
        return {
          series: row.series + 1,
          unansweredAt: null,
          headId: null,
          nextCallAt: finding?.callsOut ? tx.now : null,
        };
      case 'CLOSED':
        return { openKey: null, closedAt: tx.now, nextCallAt: null, headId: null };
      default:
        // What calls nobody any more stops calling; what begins to call is called for now.
        if (finding === null || finding.callsOut === row.callsOut) return {};
        return { nextCallAt: finding.callsOut && row.state === 'OPEN' ? tx.now : null };
    }
  }

  private async openedOf(tx: Tx, callsOut: boolean): Promise<Partial<AlertRow>> {
    const code = await this.codes.nextWithin(tx.manager, CODE_PREFIX, accountingYear(tx.now));
    return { state: 'OPEN', code, openedAt: tx.now, nextCallAt: callsOut ? tx.now : null };
  }

  private async tell(tx: Tx, row: AlertRow, news: AlertNews): Promise<void> {
    await this.repository.happened(tx, {
      alertId: row.id,
      kind: news,
      severity: row.severity,
      byName: null,
      note: null,
    });
    tx.changed('dr', 'ALERTS');
    // It stays an open point of the shift until somebody has found out who did it.
    if (news === 'OPENED' && row.rule === BOUNDARY_OPENED)
      await this.log.note(tx, {
        ...{ centerId: row.centerId, kind: 'NOTE', byName: '集云', ticketId: null, isOpen: true },
        text: { kind: 'BOUNDARY_OPENED', alertCode: row.code ?? '', center: row.name, count: row.reason.count ?? 1 },
      });
    // Of what stands in a silent center the center's own alert speaks.
    if (news === 'OPENED' && !row.callsOut && !row.underSilence) await this.notices.tell(tx, openedNotice(row));
    if (news !== 'CLOSED') return;
    const called = (await this.repository.calls([row.id], tx)).map(({ userId }) => userId);
    if (called.length > 0) await this.notices.tell(tx, closedNotice(row, [...new Set(called)]));
  }

  /** The desk of the center where the data is written; of a center its own. */
  private async deskOf(finding: Finding, { groupOf }: AlertGround): Promise<string | null> {
    if (finding.centerId !== null) return finding.centerId;
    const tiers = (finding.groupId && groupOf.get(finding.groupId)?.tiers) || [];
    const of = tiers.filter(({ id }) => finding.reason.tierId === null || id === finding.reason.tierId);
    return this.standing.writerOf(of.map(({ id }) => id));
  }
}

const isBeingCalled = ({ headId, nextCallAt, state, unansweredAt }: AlertRow): boolean =>
  state === 'OPEN' && headId === null && nextCallAt !== null && unansweredAt === null;

function isSame(row: AlertRow, { callsOut, reason, severity, underSilence }: Finding): boolean {
  const graver = row.severity === severity || severity === 'UNKNOWN';
  return (
    graver &&
    row.callsOut === callsOut &&
    row.underSilence === underSilence &&
    JSON.stringify(row.reason) === JSON.stringify(reason)
  );
}
