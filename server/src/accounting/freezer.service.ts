import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { newId } from '../platform/database/ids.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { ACCOUNTING_LEASE, ACCOUNTING_LEASE_MS } from './accounting-lease.js';
import { BooksService } from './books.service.js';
import { type ClosedDocumentRow, ClosedRepository } from './closed.repository.js';
import type { ClosingEntity } from './closing.entity.js';
import { ClosingsRepository } from './closings.repository.js';
import { CorrectionsRepository } from './corrections.repository.js';
import { CorrectionsService } from './corrections.service.js';
import {
  CLOSED_FORMAT,
  type ClosedStatement,
  documentText,
  statementText,
  sumOfStatements,
} from './domain/closed-text.js';
import { closingMoved } from './domain/closing-notices.js';
import { groupsOf } from './domain/freeze-groups.js';
import { FiguresRepository } from './figures.repository.js';

/** Uses whose corrections are brought in one unit of work: well within the 5 s of design §5. */
const USES_PER_SETTLING = 1_000;

/**
 * 封存: copies what two people have signed for to where nobody changes it, some departments in a
 * unit of work, and says so by one last row with the hash over all. Before that row nothing is closed, whoever dies when; the
 * next goes on where the last one stopped. The worker that rates is kept out meanwhile by the same lease.
 */
@Injectable()
export class Freezer {
  constructor(
    private readonly db: DataSource,
    private readonly closings: ClosingsRepository,
    private readonly closed: ClosedRepository,
    private readonly figures: FiguresRepository,
    private readonly lines: CorrectionsRepository,
    private readonly corrections: CorrectionsService,
    private readonly books: BooksService,
    private readonly departments: DepartmentsService,
    private readonly leases: Leases,
    private readonly work: UnitOfWork,
    private readonly acts: Acts,
    private readonly notices: Notices,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  /** Called by whoever approved, and by housekeeping. @returns closes that were finished. */
  async run(actor: Actor): Promise<number> {
    const unfinished = await this.closings.unfinished();
    if (unfinished.length === 0) return 0;
    // A holder of its own: whoever approves and housekeeping come at the same moment, and of one process two are still two.
    const lease = await this.leases.take(ACCOUNTING_LEASE, newId(), ACCOUNTING_LEASE_MS);
    // Rating or another freezes just now; housekeeping comes again.
    if (!lease) return 0;
    let finished = 0;
    try {
      // One that cannot be frozen keeps no other month, and no other book, from it.
      await eachAlone(unfinished, async ({ id, state }) => {
        if (state === 'FREEZING' && !(await this.freeze(actor, id, lease))) return;
        if (await this.settle(id, lease)) finished += 1;
      });
    } finally {
      await this.leases.release(lease);
    }
    return finished;
  }

  /** @returns whether it is closed now. */
  private async freeze(actor: Actor, id: string, lease: Lease): Promise<boolean> {
    const [asked] = await this.closings.byIds(null, [id]);
    const bookName = asked ? await this.books.nameOf(asked.book) : null;
    const departments = await this.work.run(async (tx) => {
      const closing = await this.mine(tx, id, lease);
      if (!closing) return null;
      const parts = await this.partsOf(tx, closing);
      const sum = sumOfStatements(parts);
      if (sum.lines === closing.lineCount && sum.amount === closing.amountFen)
        return { closing, parts: parts.map(({ departmentId, lines }) => ({ departmentId, lines })) };
      await this.stop(tx, closing, bookName);
      return null;
    });
    if (!departments) return false;
    const { closing, parts } = departments;
    const done = new Set((await this.closed.statements(this.db, id)).map(({ departmentId }) => departmentId));
    for (const group of groupsOf(parts.filter(({ departmentId }) => !done.has(departmentId)))) {
      const names = await this.departments.departments(group);
      const kept = await this.work.run(async (tx) => {
        if (!(await this.mine(tx, id, lease))) return false;
        for (const [at, departmentId] of group.entries())
          await this.freezeStatement(tx, closing, departmentId, names[at]?.name ?? departmentId);
        return true;
      });
      if (!kept || !(await this.leases.take(ACCOUNTING_LEASE, lease.holder, ACCOUNTING_LEASE_MS))) return false;
    }
    return this.seal(actor, id, lease, bookName);
  }

  /** What each department has on it. */
  private async partsOf(tx: Tx, { book, kind, ofMonth, reversesId }: ClosingEntity) {
    if (kind === 'REVERSAL' && reversesId !== null)
      return (await this.closed.statements(tx, reversesId)).map((part) => ({ ...part, amount: -part.amount }));
    const figures = await this.figures.byDepartment(ofMonth, tx);
    const mine = await this.books.inBook(
      book,
      figures.map(({ departmentId }) => departmentId),
      tx,
    );
    return figures.filter(({ departmentId }) => mine.has(departmentId));
  }

  private async freezeStatement(tx: Tx, closing: ClosingEntity, departmentId: string, name: string): Promise<void> {
    const { id, kind, ofMonth, reversesId } = closing;
    if (kind === 'REVERSAL' && reversesId !== null) await this.closed.freezeReversal(tx, id, reversesId, departmentId);
    else await this.closed.freezeStatement(tx, id, ofMonth, departmentId);
    const rows = await this.closed.rows(tx, id, departmentId);
    const head = { documentId: id, departmentId, departmentName: name };
    const hash = this.crypto.sm3(statementText(head, rows)).toString('hex');
    const amount = rows.reduce((sum, row) => sum + row.amount, 0n);
    await this.closed.insertStatement(tx, { ...head, lines: rows.length, amount, hash });
  }

  /** The one row that makes it closed, with everything that follows at once. */
  private async seal(actor: Actor, id: string, lease: Lease, bookName: string | null): Promise<boolean> {
    const sealed = await this.acts.perform({ name: 'closing.seal', actor, input: { id } }, async (tx) => {
      const closing = await this.mine(tx, id, lease);
      if (!closing) return refuse([notFreezing()]);
      const statements = await this.closed.statements(tx, id);
      const sum = sumOfStatements(statements);
      const whole = sum.lines === closing.lineCount && sum.amount === closing.amountFen;
      if (!whole) await this.stop(tx, closing, bookName);
      const document = whole ? await this.sealed(tx, closing, statements, bookName) : null;
      return ok({
        value: { closed: document !== null },
        audit: {
          objectType: 'Closing',
          objectId: id,
          departmentId: null,
          summary: document
            ? say(`封存 ${document.ofMonth} 核算单`, `Sealed the statements of ${document.ofMonth}`)
            : say('结账未完成，核算数据有变化', 'Not closed: the figures moved'),
          after: document && {
            ...{ hash: document.hash, lines: document.lines, amountFen: document.amount, book: document.book },
            ...{ requestedBy: document.requestedByName, approvedBy: document.approvedByName },
          },
        },
      });
    });
    return sealed.ok && sealed.value.closed;
  }

  private async sealed(
    tx: Tx,
    closing: ClosingEntity,
    statements: readonly ClosedStatement[],
    bookName: string | null,
  ): Promise<ClosedDocumentRow> {
    const { book, decidedById, decidedByName, id, kind, month, ofMonth, reversesId, round } = closing;
    const previousHash = (await this.closed.newest(tx, book))?.hash ?? null;
    // Whoever takes documents asks for those after the last that he knows: whatever a clock says, none may come before it.
    const last = (await this.closed.lastClosedAt(tx))?.getTime() ?? 0;
    const closedAt = new Date(Math.max(tx.now.getTime(), last + 1));
    const head = { id, kind, book, month, ofMonth, round, reversesId, previousHash };
    const document: ClosedDocumentRow = {
      ...head,
      ...sumOfStatements(statements),
      statements: statements.length,
      hash: this.crypto.sm3(documentText(head, statements)).toString('hex'),
      format: CLOSED_FORMAT,
      ...{ requestedById: closing.requestedById, requestedByName: closing.requestedByName },
      ...{ approvedById: decidedById ?? '', approvedByName: decidedByName ?? '' },
      closedAt,
    };
    await this.closed.insertDocument(tx, document);
    const live = kind === 'REVERSAL' ? null : 1;
    await this.closings.update(tx, id, { state: 'CLOSED', live, closedAt, version: closing.version + 1 });
    if (kind === 'STATEMENT')
      await this.lines.removeFrozen(
        tx,
        ofMonth,
        statements.map(({ departmentId }) => departmentId),
      );
    else if (reversesId !== null) {
      const reversed = await this.closings.locked(tx, reversesId);
      await this.closings.update(tx, reversesId, {
        ...{ state: 'REVERSED', live: null },
        version: (reversed?.version ?? 0) + 1,
      });
      await this.lines.bringBackAdjustments(tx, reversesId, ofMonth);
    }
    await this.notices.tell(tx, ...closingMoved({ ...closing, state: 'CLOSED' }, bookName));
    return document;
  }

  /** Corrections of months whose sums the close has changed. Asked again, nothing is written. */
  private async settle(id: string, lease: Lease): Promise<boolean> {
    const closing = await this.work.run((tx) => this.closings.locked(tx, id));
    if (closing?.state !== 'CLOSED') return false;
    const about = closing.kind === 'REVERSAL' ? (closing.reversesId ?? id) : id;
    const uses = await this.work.run((tx) => this.lines.touchedBy(tx, about, closing.ofMonth));
    for (let at = 0; at < uses.length; at += USES_PER_SETTLING)
      await this.work.run(async (tx) => {
        if (await this.leases.stillHeld(tx, lease))
          await this.corrections.bring(tx, uses.slice(at, at + USES_PER_SETTLING));
      });
    await this.work.run(async (tx) => {
      if (await this.leases.stillHeld(tx, lease)) await this.closings.update(tx, id, { settled: true });
    });
    return true;
  }

  private async stop(tx: Tx, closing: ClosingEntity, bookName: string | null): Promise<void> {
    await this.closings.update(tx, closing.id, { state: 'STOPPED', live: null, version: closing.version + 1 });
    await this.notices.tell(tx, ...closingMoved({ ...closing, state: 'STOPPED' }, bookName));
  }

  /** null = the lease has gone to another, or nothing is to be frozen any more. */
  private async mine(tx: Tx, id: string, lease: Lease): Promise<ClosingEntity | null> {
    if (!(await this.leases.stillHeld(tx, lease))) return null;
    const closing = await this.closings.locked(tx, id);
    return closing?.state === 'FREEZING' ? closing : null;
  }
}

function notFreezing(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'NOT_FREEZING',
    message: say('该结账已由另一进程处理', 'Another process goes on with this close'),
  };
}
