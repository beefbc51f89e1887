import { Injectable } from '@nestjs/common';
import { RoundsService } from '../approvals/rounds.service.js';
import { ScansService } from '../documents/scans.service.js';
import { SheetsService } from '../documents/sheets.service.js';
import { GoLiveCases } from '../golive/go-live-cases.service.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { RequestsService } from '../requests/requests.service.js';
import {
  acceptanceWaiting,
  formWaiting,
  keyOf,
  ordered,
  type PaperFilter,
  sheetWaiting,
  type WaitingPaper,
} from './domain/waiting-papers.js';

/**
 * Whether a form is under seal follows from what its request says now (ADR 18), which no index knows: papers are gathered
 * and looked at, so many of each kind at most. More than these wait for nobody to read a list.
 */
export const PAPERS_MAX = 500;

/** Papers of every kind that wait for a seal, of what the viewer may see. */
@Injectable()
export class SealsService {
  constructor(
    private readonly requests: RequestsService,
    private readonly rounds: RoundsService,
    private readonly scans: ScansService,
    private readonly sheets: SheetsService,
    private readonly goLives: GoLiveCases,
  ) {}

  /** A constant number of statements, whatever there is. */
  async page(viewer: Viewer, filter: PaperFilter, { first, after }: PageRequest): Promise<Page<WaitingPaper>> {
    const rows = ordered(await this.all(viewer), filter);
    const [since, key] = (after ?? []) as readonly string[];
    const from = after === null ? 0 : rows.findIndex((row) => isBehind(row, new Date(since ?? ''), key ?? ''));
    const rest = from === -1 ? [] : rows.slice(from);
    return { rows: rest.slice(0, first), totalCount: rows.length, hasNextPage: rest.length > first };
  }

  /** What the viewer's own department has to seal; null = he belongs to none, or seals nothing for it. */
  async countOwn(viewer: Viewer): Promise<number | null> {
    const own = scopeFor(viewer, 'REQUEST', 'SUBMIT');
    if (!own || own.kind === 'PROVINCE') return null;
    const filter: PaperFilter = { kinds: [], parties: ['DEPARTMENT'], blocking: true, search: null };
    return ordered(await this.all(viewer), filter).filter(({ departmentId }) =>
      own.departmentIds.includes(departmentId),
    ).length;
  }

  private async all(viewer: Viewer): Promise<WaitingPaper[]> {
    const found = await Promise.all([this.forms(viewer), this.deliveries(viewer), this.acceptances(viewer)]);
    return found.flat();
  }

  private async forms(viewer: Viewer): Promise<WaitingPaper[]> {
    const scope = scopeFor(viewer, 'REQUEST', 'READ');
    if (!scope) return [];
    const requests = await this.requests.needingSeal(viewer, scope, PAPERS_MAX);
    const [rounds, standings] = await Promise.all([
      this.rounds.runningRounds(requests.map(({ id }) => id)),
      this.scans.standingsOf(requests),
    ]);
    return requests.flatMap(
      ({ id, code, departmentId, systemId }, at) =>
        formWaiting({ subjectId: id, code, departmentId, systemId }, rounds[at] ?? null, standings[at] ?? 'NONE') ?? [],
    );
  }

  private async deliveries(viewer: Viewer): Promise<WaitingPaper[]> {
    const scope = scopeFor(viewer, 'REQUEST', 'READ');
    if (!scope) return [];
    const sheets = await this.sheets.unconfirmed(scope, PAPERS_MAX);
    const requests = await this.requests.requestsOf(sheets.map(({ requestId }) => requestId));
    return sheets.flatMap((sheet, at) => {
      const request = requests[at];
      if (!request) return [];
      const { code, departmentId } = sheet;
      const subject = { subjectId: request.id, code, departmentId, systemId: request.systemId };
      return sheetWaiting(subject, sheet) ?? [];
    });
  }

  private async acceptances(viewer: Viewer): Promise<WaitingPaper[]> {
    const scope = scopeFor(viewer, 'GO_LIVE', 'READ');
    if (!scope) return [];
    const filter = { states: ['ACCEPTANCE'], systemId: null, overdue: false, search: null } as const;
    const { rows } = await this.goLives.page(scope, filter, { first: PAPERS_MAX, after: null });
    const ids = rows.map(({ id }) => id);
    const [signatures, events, parties] = await Promise.all([
      this.goLives.signaturesOf(ids),
      this.goLives.eventsOf(ids),
      this.goLives.partiesOfAll(rows),
    ]);
    return rows.flatMap(({ id, code, departmentId, systemId, round, dueAt, openedAt }, at) => {
      const signed = (signatures[at] ?? []).filter((one) => one.round === round).map(({ party }) => party);
      const presented = (events[at] ?? []).filter(({ action }) => action === 'PRESENT').map((event) => event.at);
      const since = presented.toSorted((a, b) => b.getTime() - a.getTime())[0] ?? openedAt;
      const subject = { subjectId: id, code, departmentId, systemId };
      return acceptanceWaiting(subject, parties[at] ?? [], signed, { since, dueAt }) ?? [];
    });
  }
}

function isBehind(row: WaitingPaper, since: Date, key: string): boolean {
  const apart = row.since.getTime() - since.getTime();
  return apart > 0 || (apart === 0 && keyOf(row) > key);
}
