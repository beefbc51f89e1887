/** Decides which lines the story of a ticket has. */
import { TICKET_ACTIONS } from './ticket-state.js';

export const ENTRY_KINDS = [
  'OPEN',
  ...TICKET_ACTIONS,
  'NOTE',
  'ASSIGN',
  'LINK',
  'UNLINK',
  'FAULT',
  'NO_FAULT',
  'NOTICE',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];
