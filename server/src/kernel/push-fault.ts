import type { Bilingual } from './bilingual.js';

/** What is wrong with something that a machine pushed, and with which entry of its list; null = with the whole. */
export interface PushFault {
  readonly index: number | null;
  readonly field: string;
  readonly message: Bilingual;
}
