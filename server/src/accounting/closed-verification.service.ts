import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { type ClosedDocumentRow, ClosedRepository } from './closed.repository.js';
import { CLOSED_FORMAT, documentText, statementText, sumOfStatements } from './domain/closed-text.js';
import type { Book } from './domain/closing.js';

/**
 * STATEMENT: the lines of a department are not those that were hashed. SUM: they do not add up to what the statement says.
 * DOCUMENT: a statement is missing, added or other than was hashed. CHAIN: the document before it is not the one that was.
 * FORMAT: made by a rule that this program does not know.
 */
export const CLOSED_FINDINGS = ['STATEMENT', 'SUM', 'DOCUMENT', 'CHAIN', 'FORMAT'] as const;
export type ClosedFindingKind = (typeof CLOSED_FINDINGS)[number];

export interface ClosedFinding {
  readonly kind: ClosedFindingKind;
  readonly documentId: string;
  /** null = of the document as a whole. */
  readonly departmentId: string | null;
}

export interface VerifiedDocument {
  readonly document: ClosedDocumentRow;
  readonly findings: readonly ClosedFinding[];
}

/** Documents that a whole verification reads at once. */
const DOCUMENTS_PER_PAGE = 50;

/** Computes the hashes of what was closed again from its rows. Reads everything, changes nothing. */
@Injectable()
export class ClosedVerification {
  constructor(
    private readonly db: DataSource,
    private readonly closed: ClosedRepository,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  async document(id: string): Promise<VerifiedDocument | null> {
    const [document] = await this.closed.documents([id]);
    if (!document) return null;
    const before = await this.before(document);
    return { document, findings: await this.findings(document, before?.hash ?? null) };
  }

  /** Every book from its beginning. */
  async *all(): AsyncGenerator<VerifiedDocument> {
    const last = new Map<Book, string>();
    for (let after: ClosedDocumentRow | null = null; ; ) {
      const page: ClosedDocumentRow[] = await this.closed.after(after, DOCUMENTS_PER_PAGE);
      for (const document of page) {
        yield { document, findings: await this.findings(document, last.get(document.book) ?? null) };
        last.set(document.book, document.hash);
      }
      if (page.length < DOCUMENTS_PER_PAGE) return;
      after = page.at(-1) ?? null;
    }
  }

  private async before({ book, id }: ClosedDocumentRow): Promise<ClosedDocumentRow | null> {
    let previous: ClosedDocumentRow | null = null;
    for (;;) {
      const page: ClosedDocumentRow[] = await this.closed.after(previous, DOCUMENTS_PER_PAGE, book);
      for (const document of page) {
        if (document.id === id) return previous;
        previous = document;
      }
      if (page.length < DOCUMENTS_PER_PAGE) return previous;
    }
  }

  private async findings(document: ClosedDocumentRow, previousHash: string | null): Promise<ClosedFinding[]> {
    const documentId = document.id;
    if (document.format !== CLOSED_FORMAT) return [{ kind: 'FORMAT', documentId, departmentId: null }];
    const findings: ClosedFinding[] = [];
    const statements = await this.closed.statements(this.db, documentId);
    for (const statement of statements) {
      const { departmentId } = statement;
      const rows = await this.closed.rows(this.db, documentId, departmentId);
      if (this.hash(statementText(statement, rows)) !== statement.hash)
        findings.push({ kind: 'STATEMENT', documentId, departmentId });
      if (rows.length !== statement.lines || rows.reduce((sum, { amount }) => sum + amount, 0n) !== statement.amount)
        findings.push({ kind: 'SUM', documentId, departmentId });
    }
    const sum = sumOfStatements(statements);
    const { amount, lines } = document;
    if (this.hash(documentText(document, statements)) !== document.hash || sum.lines !== lines || sum.amount !== amount)
      findings.push({ kind: 'DOCUMENT', documentId, departmentId: null });
    if (document.previousHash !== previousHash) findings.push({ kind: 'CHAIN', documentId, departmentId: null });
    return findings;
  }

  private hash(text: string): string {
    return this.crypto.sm3(text).toString('hex');
  }
}
