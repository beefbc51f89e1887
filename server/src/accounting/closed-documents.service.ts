import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { type ClosedDocumentRow, ClosedRepository } from './closed.repository.js';
import type { ClosedStatement } from './domain/closed-text.js';

/** Closed documents as they are read; callers have been let see the close that they are of. */
@Injectable()
export class ClosedDocuments {
  constructor(
    private readonly db: DataSource,
    private readonly closed: ClosedRepository,
  ) {}

  /** Batch for loaders. */
  documents = async (ids: readonly string[]): Promise<(ClosedDocumentRow | null)[]> =>
    inOrderOf(ids, await this.closed.documents(ids), (document) => document.id);

  async document(id: string): Promise<ClosedDocumentRow | null> {
    const [document] = await this.closed.documents([id]);
    return document ?? null;
  }

  /** The greatest amount first. */
  async statements(id: string): Promise<ClosedStatement[]> {
    const statements = await this.closed.statements(this.db, id);
    return statements.toSorted((a, b) => (a.amount === b.amount ? 0 : a.amount > b.amount ? -1 : 1));
  }
}
