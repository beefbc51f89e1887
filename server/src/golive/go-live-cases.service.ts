import { Inject, Injectable } from '@nestjs/common';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { reaches, type TenantScope, type Viewer } from '../kernel/viewer.js';
import type { OfferedCase } from './domain/go-live-actions.js';
import { documentsOf, type Party, partiesOf } from './domain/go-live-policy.js';
import { type Obstacle, obstaclesOf } from './domain/trial.js';
import { type CaseFilter, GoLiveRepository } from './go-live.repository.js';
import type { CaseRow, DocumentRow, EntryRow, EventRow, SignatureRow } from './go-live.types.js';
import { GoLivePolicies } from './go-live-policies.service.js';

export type CaseFilterWish = Omit<CaseFilter, 'overdueAt'> & { readonly overdue: boolean };

/** Cases with all that belongs to them, as they are read. */
@Injectable()
export class GoLiveCases {
  constructor(
    private readonly repository: GoLiveRepository,
    private readonly policies: GoLivePolicies,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  inScope(scope: TenantScope, id: string): Promise<CaseRow | null> {
    return this.repository.inScope(scope, id);
  }

  page(scope: TenantScope, { overdue, ...filter }: CaseFilterWish, page: PageRequest): Promise<Page<CaseRow>> {
    return this.repository.page(scope, { ...filter, overdueAt: overdue ? this.clock.now() : null }, page);
  }

  /** Batches for loaders; callers have let the viewer see the cases, or the systems. */
  readonly entriesOf = async (ids: readonly string[]): Promise<EntryRow[][]> =>
    byCase(ids, await this.repository.entriesOf(ids));
  readonly documentsOf = async (ids: readonly string[]): Promise<DocumentRow[][]> =>
    byCase(ids, await this.repository.documentsOf(ids));
  readonly signaturesOf = async (ids: readonly string[]): Promise<SignatureRow[][]> =>
    byCase(ids, await this.repository.signaturesOf(ids));
  readonly eventsOf = async (ids: readonly string[]): Promise<EventRow[][]> =>
    byCase(ids, await this.repository.eventsOf(ids));
  /** The newest first. */
  readonly ofSystems = async (systemIds: readonly string[]): Promise<CaseRow[][]> => {
    const bySystem = Map.groupBy(await this.repository.ofSystems(systemIds), (row) => row.systemId);
    return systemIds.map((id) => bySystem.get(id) ?? []);
  };

  mayRead(scope: TenantScope | undefined, id: string): Promise<boolean> {
    return scope ? this.inScope(scope, id).then((row) => row !== null && reaches(scope, row)) : Promise.resolve(false);
  }

  /** Who signs, in the order of signing on paper. */
  async partiesOf(row: CaseRow): Promise<Party[]> {
    const { content } = await this.policies.edition(row.policyNumber);
    return partiesOf(content, row.level);
  }

  /** Of each; cases of one edition ask for it once. */
  async partiesOfAll(rows: readonly CaseRow[]): Promise<Party[][]> {
    const numbers = [...new Set(rows.map(({ policyNumber }) => policyNumber))];
    const found = await Promise.all(numbers.map((number) => this.policies.edition(number)));
    const contents = new Map(numbers.map((number, at) => [number, found[at]?.content]));
    return rows.map(({ policyNumber, level }) => {
      const content = contents.get(policyNumber);
      return content ? partiesOf(content, level) : [];
    });
  }

  async obstaclesOf(row: CaseRow, entries: readonly EntryRow[], documents: readonly DocumentRow[]) {
    if (row.state !== 'TRIAL') return [];
    const { content } = await this.policies.edition(row.policyNumber);
    const trial = {
      overOn: row.overOn,
      entries: entries.length,
      openIncidents: entries.filter((entry) => entry.kind === 'INCIDENT' && entry.resolvedAt === null).length,
      documents: documents.map((document) => document.kind),
    };
    return obstaclesOf(trial, calendarDate(this.clock.now()), documentsOf(content, row.level));
  }

  /** What the table of actions asks of a case. */
  async offered(
    row: CaseRow,
    signatures: readonly SignatureRow[],
    obstacles: readonly Obstacle[],
    viewer: Viewer,
  ): Promise<OfferedCase> {
    const inRound = signatures.filter((one) => one.round === row.round);
    const signed = new Set(inRound.map((one) => one.party));
    return {
      state: row.state,
      obstacles,
      unsigned: (await this.partiesOf(row)).filter((party) => !signed.has(party)),
      hasSigned: inRound.some((one) => one.signerId === viewer.userId),
    };
  }

  async factsOpened(row: CaseRow, viewer: Viewer): Promise<boolean> {
    if (row.state !== 'ACCEPTANCE' || row.contentHash === null) return false;
    return this.repository.hasRead(null, row.id, viewer.userId, row.contentHash);
  }
}

function byCase<T extends { readonly caseId: string }>(ids: readonly string[], rows: readonly T[]): T[][] {
  const grouped = Map.groupBy(rows, (row) => row.caseId);
  return ids.map((id) => grouped.get(id) ?? []);
}
