/** Decides where a system's declaration that it holds no state secrets (非涉密声明) stands on a day. */
import type { CalendarDate } from '../../kernel/calendar.js';

export const DECLARATION_STATES = ['MISSING', 'VALID', 'EXPIRING', 'EXPIRED'] as const;
export type DeclarationState = (typeof DECLARATION_STATES)[number];

/** A new declaration takes a signature and a seal: two months are warning enough. */
export const DECLARATION_WARNING_DAYS = 60;
const DAY_MS = 24 * 60 * 60 * 1000;

export function daysAfter(day: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** `validUntil` is the last day on which it holds. */
export function declarationStateOn(validUntil: CalendarDate | null, today: CalendarDate): DeclarationState {
  if (validUntil === null) return 'MISSING';
  if (validUntil < today) return 'EXPIRED';
  return validUntil <= daysAfter(today, DECLARATION_WARNING_DAYS) ? 'EXPIRING' : 'VALID';
}
