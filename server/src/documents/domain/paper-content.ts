/** Decides which papers of a request are printed, sealed and scanned, and in which words two contents of one differ. */
import type { Bilingual } from '../../kernel/bilingual.js';
import { formChanges } from './form-changes.js';
import type { FormContent } from './form-content.js';
import { sheetChanges } from './sheet-changes.js';
import type { SheetContent } from './sheet-content.js';

/** 申请表, 资源开通确认单. */
export const SEALABLE_PAPERS = ['REQUEST_FORM', 'DELIVERY_SHEET'] as const;
export type SealablePaper = (typeof SEALABLE_PAPERS)[number];

/** What a paper says, and the SM3 of its canonical text (lower-case hexadecimal) that a seal on it is bound to. */
export type PaperContent =
  | { readonly paper: 'REQUEST_FORM'; readonly content: FormContent; readonly contentHash: string }
  | { readonly paper: 'DELIVERY_SHEET'; readonly content: SheetContent; readonly contentHash: string };

export function paperChanges(sealed: PaperContent, now: PaperContent): Bilingual[] {
  if (sealed.paper === 'REQUEST_FORM' && now.paper === 'REQUEST_FORM') return formChanges(sealed.content, now.content);
  if (sealed.paper === 'DELIVERY_SHEET' && now.paper === 'DELIVERY_SHEET')
    return sheetChanges(sealed.content, now.content);
  throw new Error(`a ${sealed.paper} is no ${now.paper}`);
}
