import { Injectable } from '@nestjs/common';
import { RoundsService } from '../approvals/rounds.service.js';
import { ScansService } from '../documents/scans.service.js';
import { SheetsService } from '../documents/sheets.service.js';
import { GoLiveCases } from '../golive/go-live-cases.service.js';
import { ofEveryPage, type Page, type PageRequest } from '../kernel/page.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { RequestsService } from '../requests/requests.service.js';
import type { RequestRow } from '../requests/requests.types.js';
import {
  acceptanceWaiting,
  formWaiting,
  keyOf,
  ordered,
  PAPER_KINDS,
  type PaperFilter,
  type PaperKind,
  sheetWaiting,
  type WaitingPaper,
} from './domain/waiting-papers.js';

/**
 * Whether a form is under seal follows from what its request says now (ADR 18), which no index knows: papers are gathered
 * and looked at, all of them, so many at once. A list of placeholders has its bound, and so has what is in memory at once.
 */
export const PAPERS_AT_ONCE = 500;

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

  /** As many statements for one page as for another: some for every 500 papers that wait, none for each of them. */
  async page(viewer: Viewer, filter: PaperFilter, { first, after }: PageRequest): Promise<Page<WaitingPaper>> {
    const rows = ordered(await this.all(viewer, filter.kinds), filter);
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
    return ordered(await this.all(viewer, []), filter).filter(({ departmentId }) =>
      own.departmentIds.includes(departmentId),
    ).length;
  }

  /** Of these kinds; none named = of all. */
  private async all(viewer: Viewer, kinds: readonly PaperKind[]): Promise<WaitingPaper[]> {
    const gather: { readonly [K in PaperKind]: () => Promise<WaitingPaper[]> } = {
      REQUEST_FORM: () => this.forms(viewer),
      DELIVERY_SHEET: () => this.deliveries(viewer),
      ACCEPTANCE_SHEET: () => this.acceptances(viewer),
    };
    const asked = kinds.length > 0 ? [...new Set(kinds)] : PAPER_KINDS;
    return (await Promise.all(asked.map((kind) => gather[kind]()))).flat();
  }

  private async forms(viewer: Viewer): Promise<WaitingPaper[]> {
    const scope = scopeFor(viewer, 'REQUEST', 'READ');
    if (!scope) return [];
    const pageOf = (page: PageRequest) => this.requests.needingSeal(viewer, scope, page);
    const keyOf = ({ createdAt, id }: RequestRow) => [createdAt.toISOString(), id];
    return ofEveryPage({ pageOf, keyOf, atOnce: PAPERS_AT_ONCE }, async (requests) => {
      const [rounds, standings] = await Promise.all([
        this.rounds.runningRounds(requests.map(({ id }) => id)),
        this.scans.standingsOf('REQUEST_FORM', requests),
      ]);
      return requests.flatMap(({ id, code, departmentId, systemId }, at) => {
        const subject = { subjectId: id, code, departmentId, systemId };
        return formWaiting(subject, rounds[at] ?? null, standings[at] ?? 'NONE') ?? [];
      });
    });
  }

  private async deliveries(viewer: Viewer): Promise<WaitingPaper[]> {
    const scope = scopeFor(viewer, 'REQUEST', 'READ');
    if (!scope) return [];
    const pageOf = (page: PageRequest) => this.sheets.unconfirmed(scope, page);
    return ofEveryPage({ pageOf, keyOf: byOpening, atOnce: PAPERS_AT_ONCE }, async (sheets) => {
      const requests = await this.requests.requestsOf(sheets.map(({ requestId }) => requestId));
      const known = requests.flatMap((request) => request ?? []);
      const standings = await this.scans.standingsOf('DELIVERY_SHEET', known);
      const standingOf = new Map(known.map(({ id }, at) => [id, standings[at]]));
      return sheets.flatMap((sheet, at) => {
        const request = requests[at];
        if (!request) return [];
        const { code, departmentId } = sheet;
        const subject = { subjectId: request.id, code, departmentId, systemId: request.systemId };
        return sheetWaiting(subject, sheet, standingOf.get(request.id) ?? 'NONE') ?? [];
      });
    });
  }

  private async acceptances(viewer: Viewer): Promise<WaitingPaper[]> {
    const scope = scopeFor(viewer, 'GO_LIVE', 'READ');
    if (!scope) return [];
    const filter = { states: ['ACCEPTANCE'], systemId: null, overdue: false, search: null } as const;
    const pageOf = (page: PageRequest) => this.goLives.page(scope, filter, page);
    return ofEveryPage({ pageOf, keyOf: byOpening, atOnce: PAPERS_AT_ONCE }, async (rows) => {
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
    });
  }
}

const byOpening = ({ openedAt, id }: { readonly openedAt: Date; readonly id: string }) => [openedAt.toISOString(), id];

function isBehind(row: WaitingPaper, since: Date, key: string): boolean {
  const apart = row.since.getTime() - since.getTime();
  return apart > 0 || (apart === 0 && keyOf(row) > key);
}
