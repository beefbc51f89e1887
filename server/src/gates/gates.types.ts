import type { CalendarDate } from '../kernel/calendar.js';
import type { GateContent } from './domain/rules.js';

export interface GateEditionRow {
  readonly id: string;
  /** null = the draft. */
  readonly number: number | null;
  readonly note: string;
  /** 施行日期: from the beginning of that day. */
  readonly effectiveFrom: CalendarDate;
  readonly content: GateContent;
  readonly version: number;
  readonly changedAt: Date;
  readonly changedById: string | null;
  readonly changedBy: string;
  readonly publishedAt: Date | null;
  readonly publishedById: string | null;
  readonly publishedBy: string | null;
}
