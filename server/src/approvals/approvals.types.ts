import type { EditionContent } from './domain/chain.js';

export interface EditionRow {
  readonly id: string;
  /** null = the draft. */
  readonly number: number | null;
  readonly note: string;
  readonly content: EditionContent;
  readonly version: number;
  readonly changedAt: Date;
  readonly changedById: string | null;
  readonly changedBy: string;
  readonly publishedAt: Date | null;
  readonly publishedById: string | null;
  readonly publishedBy: string | null;
}
