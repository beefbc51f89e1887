/** Decides which lines the story of a ticket has. */
import { TICKET_ACTIONS } from './ticket-state.js';

/** Notes end here; what leads a ticket on, gives it to somebody or links it is written whatever its story holds. */
export const ENTRIES_MAX = 1_000;
/** The newest of them are shown; who asks for more sees up to all. */
export const ENTRIES_SHOWN = 200;

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
