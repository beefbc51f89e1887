import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../kernel/calendar.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { reaches, type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { LifePolicy } from '../resources/domain/life-policy.js';
import type { ReviewStage } from '../resources/domain/review.js';
import { LineTermsRepository } from './line-terms.repository.js';
import type { LineTermList, LineTermRow, NamedLineTerm, TakenInThing } from './line-terms.types.js';
import { RequestsRepository } from './requests.repository.js';

/**
 * Terms of servers, places in cabinets and services: what of time stands at their line. When something is due, and what
 * follows, is decided by features above, inside acts of theirs.
 */
@Injectable()
export class LineTerms {
  constructor(
    private readonly repository: LineTermsRepository,
    private readonly requests: RequestsRepository,
  ) {}

  /** Under its request's lock, as everything that ends a line; null = there is none in the scope that still runs. */
  async locked(tx: Tx, scope: TenantScope, lineId: string | undefined): Promise<NamedLineTerm | null> {
    if (lineId === undefined) return null;
    const requestId = await this.requests.requestOfLine(tx, lineId);
    if (requestId !== null && !(await this.requests.locked(tx, scope, requestId))) return null;
    const row = await this.repository.locked(tx, lineId);
    if (!row || row.endedAt !== null || !reaches(scope, row)) return null;
    // What was taken in has no request: its term's own row is the lock.
    if (requestId === null && row.takenInKind === null) return null;
    const [named] = await this.repository.named([lineId], tx.manager);
    return named ?? null;
  }

  /** Whatever became of it, under the same lock: for whoever ends what was asked about it. */
  async lockedAnyway(tx: Tx, lineId: string | null): Promise<NamedLineTerm | null> {
    if (lineId === null) return null;
    const requestId = await this.requests.requestOfLine(tx, lineId);
    if (requestId !== null && !(await this.requests.locked(tx, WHOLE_PROVINCE, requestId))) return null;
    await this.repository.locked(tx, lineId);
    const [named] = await this.repository.named([lineId], tx.manager);
    return named ?? null;
  }

  async told(
    tx: Tx,
    row: LineTermRow,
    said: Partial<Pick<LineTermRow, 'remindedDays' | 'reviewStage' | 'termOverAt'>>,
  ): Promise<void> {
    await this.repository.update(tx, row, said);
    tx.changed('request', row.requestId);
  }

  /** Another last day, or none: then the yearly review begins. */
  async extend(tx: Tx, row: LineTermRow, until: CalendarDate | null, byRule: boolean): Promise<void> {
    const review = until === null ? { reviewFrom: tx.now, reviewStage: 'NONE' as const } : {};
    const extensionsUsed = row.extensionsUsed + (byRule ? 1 : 0);
    await this.repository.update(tx, row, {
      ...{ temporaryUntil: until, remindedDays: null, termOverAt: null, extensionsUsed },
      ...review,
    });
    tx.changed('request', row.requestId);
  }

  /** Its owner said that it is needed. */
  async reviewed(tx: Tx, row: LineTermRow, by: string, note: string | null): Promise<void> {
    await this.repository.update(tx, row, {
      ...{ reviewFrom: tx.now, reviewStage: 'NONE', reviewedBy: by, reviewNote: note, reclaimedAt: null },
    });
    tx.changed('request', row.requestId);
  }

  /** Within the act that approves an intake. */
  beginTakenIn(tx: Tx, things: readonly TakenInThing[]): Promise<void> {
    return things.length === 0 ? Promise.resolve() : this.repository.beginTakenIn(tx, things);
  }

  takenInAfter(after: string, limit: number): Promise<LineTermRow[]> {
    return this.repository.takenInAfter(after, limit);
  }

  /** It is its department's no more. */
  async ended(tx: Tx, row: LineTermRow): Promise<void> {
    await this.repository.update(tx, row, { endedAt: tx.now });
  }

  /** A decision to take it back stands, or is taken back: meanwhile nobody lengthens or reviews it. */
  async reclaim(tx: Tx, row: LineTermRow, isDecided: boolean): Promise<void> {
    await this.repository.update(tx, row, { reclaimedAt: isDecided ? tx.now : null });
    tx.changed('request', row.requestId);
  }

  reclaimed(after: string, limit: number): Promise<string[]> {
    return this.repository.reclaimed(after, limit);
  }

  inScope(scope: TenantScope, lineId: string): Promise<NamedLineTerm | null> {
    return this.repository.inScope(scope, lineId);
  }

  page(
    scope: TenantScope,
    list: LineTermList,
    search: string | null,
    page: PageRequest,
    ground: { readonly now: Date; readonly policy: LifePolicy },
  ): Promise<Page<NamedLineTerm>> {
    return this.repository.page(scope, list, search, page, ground);
  }

  keyOf(list: LineTermList, row: LineTermRow): readonly string[] {
    return this.repository.keyOf(list, row);
  }

  /** Batch for loaders; callers have already been let see the lines. */
  readonly ofLines = async (lineIds: readonly string[]): Promise<(NamedLineTerm | null)[]> => {
    const rows = new Map((await this.repository.named(lineIds)).map((row) => [row.lineId, row]));
    return lineIds.map((id) => rows.get(id) ?? null);
  };

  toRemind(now: Date, limit: number): Promise<string[]> {
    return this.repository.toRemind(now, limit);
  }

  toTellOver(now: Date, limit: number): Promise<string[]> {
    return this.repository.toTellOver(now, limit);
  }

  overGrace(now: Date, policy: Pick<LifePolicy, 'TERM_GRACE_DAYS'>, after: string, limit: number): Promise<string[]> {
    return this.repository.overGrace(now, policy, after, limit);
  }

  toReview(now: Date, stage: Exclude<ReviewStage, 'NONE'>, policy: LifePolicy, limit: number): Promise<string[]> {
    return this.repository.toReview(now, stage, policy, limit);
  }
}
