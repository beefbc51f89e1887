import { Inject, Injectable } from '@nestjs/common';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { Bilingual } from '../kernel/bilingual.js';
import { accountingYear, addDays, calendarDate } from '../kernel/calendar.js';
import { both, cut } from '../kernel/said.js';
import { type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { DR_ELEMENTS, levelOf } from '../resilience/domain/dr-level.js';
import { GroupStanding } from '../resilience/group-standing.service.js';
import { GroupViews } from '../resilience/group-views.service.js';
import { GroupOccupations } from '../resilience/occupations.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { isLate } from './domain/drill-items.js';
import { measuredOf } from './domain/drill-marks.js';
import { cleanupFailed } from './domain/drill-notices.js';
import { type DrillResult, resultOf } from './domain/drill-outcome.js';
import { DrillRules } from './drill-rules.service.js';
import { DrillTicketsRepository } from './drill-tickets.repository.js';
import { DrillsRepository } from './drills.repository.js';
import type { CopyRow, DrillReport, DrillRow, ItemRow, MarkRow, TicketRow } from './drills.types.js';

/** What a report says beside the drill itself, read before its unit of work begins. */
export interface ClosingGround {
  readonly system: string;
  readonly department: string;
  readonly center: string | null;
  readonly level: DrillReport['level'];
  readonly shortest: ReturnType<typeof levelOf>['shortest'];
  readonly rectifyDays: number;
}

/** By its hash the report is bound into the audit's chain. */
export interface Closed {
  readonly outcome: string;
  readonly reportHash: string;
}

const TROUBLE_LENGTH_MAX = 500;

/** 清理与结束: a drill ends when nothing of it is left; then it is judged, its report frozen, and what is to be put right is written down. */
@Injectable()
export class DrillClosing {
  constructor(
    private readonly repository: DrillsRepository,
    private readonly rules: DrillRules,
    private readonly tickets: DrillTicketsRepository,
    private readonly groups: GroupViews,
    private readonly occupations: GroupOccupations,
    private readonly standing: GroupStanding,
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly facilities: FacilitiesService,
    private readonly codes: CodeSequence,
    private readonly notices: Notices,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  async groundOf(id: string | undefined, scope: TenantScope = WHOLE_PROVINCE): Promise<ClosingGround | null> {
    const row = id === undefined ? null : await this.repository.byId(scope, id);
    return row && this.groundFor(row);
  }

  async groundFor(row: DrillRow): Promise<ClosingGround> {
    const [group, [system], [department], centers, rule] = await Promise.all([
      this.groups.inScope(WHOLE_PROVINCE, row.groupId),
      this.systems.systems([row.systemId]),
      this.departments.departments([row.departmentId]),
      row.centerId === null ? [] : this.facilities.centersByIds([row.centerId]),
      this.rules.now(),
    ]);
    const [edition] = group ? await this.groups.editions([group.editionNumber]) : [];
    const elements = group?.elements ?? {};
    const { level, shortest } = levelOf(elements, row.targets.level);
    return {
      system: system?.name ?? row.groupName,
      department: department?.name ?? '',
      center: centers[0]?.name ?? null,
      level: {
        ...{ standard: edition ? `${edition.standard}-${edition.edition}` : '', level, target: row.targets.level },
        elements: DR_ELEMENTS.map((element) => ({ element, level: elements[element] ?? null })),
      },
      shortest,
      rectifyDays: rule.rectifyDays,
    };
  }

  /** What was never copied is gone at once, and closed. @returns what the audit is told of that; null = it is to be cleaned up. */
  async begin(
    tx: Tx,
    row: DrillRow,
    abortReason: Bilingual | string | null,
    ground: ClosingGround | null,
  ): Promise<Closed | null> {
    const reason = abortReason === null ? null : both(abortReason).zh;
    // What a person typed is his, in whichever language he typed it.
    const abortReasonEn = abortReason === null || typeof abortReason === 'string' ? null : abortReason.en;
    const begun = await this.again(tx, row, { abortReason: reason, abortReasonEn });
    const copies = await this.repository.copies(row.id, tx);
    return row.centerId === null && copies.length === 0 && ground ? this.close(tx, begun, ground) : null;
  }

  async again(tx: Tx, row: DrillRow, more: Partial<DrillRow> = {}): Promise<DrillRow> {
    // Whoever tries again has not put it right yet: the group stays blocked, and its alert open, until all of it is gone.
    const cleaning = {
      state: 'CLEANING_UP' as const,
      cleanups: row.cleanups + 1,
      cleanupBegunAt: tx.now,
      ...{ trouble: null, troubleEn: null },
    };
    return this.repository.update(tx, row, { ...cleaning, ...more });
  }

  /** The group stays taken: nothing else is executed on it until somebody has put this right. */
  async fail(tx: Tx, row: DrillRow, trouble: Bilingual): Promise<void> {
    const said = cut(trouble, TROUBLE_LENGTH_MAX);
    await this.repository.update(tx, row, { state: 'CLEANUP_FAILED', trouble: said.zh, troubleEn: said.en });
    await this.occupations.block(tx, row.groupId, row.id);
    await this.notices.tell(tx, cleanupFailed(row, row.cleanups, said));
  }

  async close(tx: Tx, row: DrillRow, ground: ClosingGround): Promise<Closed> {
    const [items, marks, copies] = await Promise.all([
      this.repository.items(row.id, tx),
      this.repository.marks(row.id, tx),
      this.repository.copies(row.id, tx),
    ]);
    const result = judged(row, items, marks, copies, ground, tx.now);
    const tickets = await this.write(tx, row, result, ground);
    const report = reportOf(row, { items, marks, copies, tickets }, result, ground, tx.now);
    const reportHash = this.crypto.sm3(canonicalJson(report)).toString('hex');
    const signed = await this.crypto.sign(reportHash);
    await this.repository.update(tx, row, {
      ...{ state: 'CLOSED', heldGroupId: null, closedAt: tx.now, outcome: result.outcome, report, reportHash },
      ...{ signature: signed.signature, signatureKeyId: signed.keyId, trouble: null, troubleEn: null },
    });
    await this.occupations.leave(tx, row.groupId, row.id);
    // What was talked through proves no copy: it is no younger for that.
    if (result.outcome === 'PASSED' && row.kind !== 'TABLETOP') await this.standing.drilled(tx, row.groupId);
    return { outcome: result.outcome, reportHash };
  }

  /** One for each deviation; its planner's until somebody else takes it. */
  private async write(tx: Tx, row: DrillRow, result: DrillResult, ground: ClosingGround): Promise<TicketRow[]> {
    const { deviations } = result;
    if (deviations.length === 0) return [];
    const codes = await this.codes.takeWithin(tx.manager, 'ZG', accountingYear(tx.now), deviations.length);
    const dueOn = addDays(calendarDate(tx.now), ground.rectifyDays);
    const rows = deviations.map(
      ({ code, measured, subject, target }, index): TicketRow => ({
        ...{ id: newId(tx.now.getTime()), code: codes[index] as string, drillId: row.id, systemId: row.systemId },
        ...{
          departmentId: row.departmentId,
          deviation: code,
          target,
          measured,
          subject,
          ownerName: row.plannedBy,
          dueOn,
        },
        ...{ state: 'OPEN', doneAt: null, doneBy: null, doneNote: null, version: 1 },
      }),
    );
    await this.tickets.insert(tx, rows);
    return rows;
  }
}

function judged(
  row: DrillRow,
  items: readonly ItemRow[],
  marks: readonly MarkRow[],
  copies: readonly CopyRow[],
  ground: ClosingGround,
  now: Date,
): DrillResult {
  const times = Object.fromEntries(marks.map(({ at, mark }) => [mark, at]));
  const { abortReason, targets } = row;
  return resultOf({
    ...{ targets, abortReason, isTabletop: row.kind === 'TABLETOP' },
    measured: measuredOf(times, row.hasData ? row.dataPoint : undefined),
    verified: items.some(({ kind, state }) => kind === 'OWNER' && state === 'DONE'),
    lateItems: items
      .filter((item) => item.doneAt !== null && isLate(item, now))
      .map(({ begunAt, code, doneAt, limitSeconds, title }) => ({
        ...{ code, title, limit: limitSeconds },
        seconds: Math.ceil(((doneAt?.getTime() ?? 0) - (begunAt?.getTime() ?? 0)) / 1_000),
      })),
    failedMachines: copies
      .filter(({ readyAt, trouble }) => trouble !== null || (readyAt === null && abortReason === null))
      .map(({ name }) => name),
    level: { level: ground.level.level, shortest: ground.shortest },
    cleanupLate: row.cleanups > 1 || (row.cleanupDueAt !== null && now > row.cleanupDueAt),
  });
}

interface Facts {
  readonly items: readonly ItemRow[];
  readonly marks: readonly MarkRow[];
  readonly copies: readonly CopyRow[];
  readonly tickets: readonly TicketRow[];
}

function reportOf(
  row: DrillRow,
  { copies, items, marks, tickets }: Facts,
  { deviations, outcome }: DrillResult,
  ground: ClosingGround,
  now: Date,
): DrillReport {
  const { abortReason, approvedBy, code, kind, plannedBy, scenario, targets } = row;
  const { center, department, level, system } = ground;
  const times = Object.fromEntries(marks.map(({ at, mark }) => [mark, at]));
  const took = [...new Set(items.flatMap(({ doneBy }) => doneBy ?? []))];
  return {
    ...{ code, system, department, kind, scenario, center, level, targets, outcome, abortReason },
    ...{ plannedAt: row.plannedAt.toISOString(), closedAt: now.toISOString() },
    people: { plannedBy, approvedBy, took },
    approvedAt: row.approvedAt?.toISOString() ?? null,
    checks: (row.precheck ?? []).map(({ ok, text }) => ({ ok, text: text.zh })),
    dataPoint: row.hasData ? (row.dataPoint?.toISOString() ?? null) : null,
    cleanup: { dueAt: row.cleanupDueAt?.toISOString() ?? null, attempts: row.cleanups },
    measured: measuredOf(times, row.hasData ? row.dataPoint : undefined),
    marks: marks.map(({ at, byName, mark }) => ({ mark, at: at.toISOString(), by: byName })),
    items: items.map((item) => ({
      ...{ number: item.number, code: item.code, title: item.title, limitSeconds: item.limitSeconds },
      ...{ begunAt: item.begunAt?.toISOString() ?? null, doneAt: item.doneAt?.toISOString() ?? null },
      ...{ by: item.doneBy, note: item.note, done: item.state === 'DONE' },
    })),
    machines: copies.map(({ name, readyAt, trouble }) => ({ name, readyAt: readyAt?.toISOString() ?? null, trouble })),
    deviations: deviations.map((deviation, index) => {
      const ticket = tickets[index] as TicketRow;
      return { ...deviation, ticket: ticket.code, owner: ticket.ownerName, dueOn: ticket.dueOn };
    }),
  };
}
