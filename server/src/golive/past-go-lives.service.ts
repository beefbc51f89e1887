import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { GoLiveRepository } from './go-live.repository.js';
import type { CaseRow, DocumentRow, EntryRow, EventRow, SignatureRow } from './go-live.types.js';
import { GoLiveFacts } from './go-live-facts.service.js';

export interface PastGoLive {
  /** Its hash is computed here, as presenting does. */
  readonly row: Omit<CaseRow, 'contentHash'>;
  readonly entries: readonly EntryRow[];
  readonly documents: readonly DocumentRow[];
  readonly signatures: readonly Omit<SignatureRow, 'contentHash'>[];
  readonly events: readonly Omit<EventRow, 'id'>[];
}

/** Takes in cases of the time before, as the demonstration does; nothing is announced, because it is known. */
@Injectable()
export class PastGoLives {
  constructor(
    private readonly repository: GoLiveRepository,
    private readonly facts: GoLiveFacts,
  ) {}

  async add(tx: Tx, past: readonly PastGoLive[]): Promise<void> {
    for (const { row, entries, documents, signatures, events } of past) {
      const contentHash = row.content && this.facts.hashOf(row.content);
      await this.repository.insert(tx, { ...row, contentHash });
      for (const entry of entries) await this.repository.addEntry(tx, entry);
      for (const document of documents) await this.repository.addDocument(tx, document);
      for (const signature of signatures)
        await this.repository.sign(tx, { ...signature, contentHash: contentHash ?? '' });
      for (const { at, ...event } of events) await this.repository.append(tx, event, at);
    }
  }
}
