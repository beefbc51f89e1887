/** Decides what a scan of a sealed paper may be, to which printed version it belongs, and whether it still counts. */
import { MEDIA_TYPES, type MediaType } from '../../files/domain/stored-file.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { RequestState } from '../../requests/domain/request-state.js';
import { type PaperContent, paperChanges } from './paper-content.js';

/** What scanners and telephones make. OFD goes through a port of its own (domain/ports.ts). */
export const SCAN_TYPES: readonly MediaType[] = [MEDIA_TYPES.PDF, MEDIA_TYPES.JPEG, MEDIA_TYPES.PNG];

/** The form follows what lives; what has ended without resources takes none any more. A delivery sheet is kept for good. */
export const SCANNABLE_STATES: readonly RequestState[] = [
  'DRAFT',
  'RETURNED',
  'AWAITING_SIGN_OFF',
  'UNDER_REVIEW',
  'PROVISIONING',
  'DELIVERED',
];

/** NONE: nothing was sent. VALID: the newest content is under seal. VOID: all that was sealed is of other content. */
export const PAPER_STANDINGS = ['NONE', 'VALID', 'VOID'] as const;
export type PaperStanding = (typeof PAPER_STANDINGS)[number];

const CHECK_CODE_DIGITS = 8;

/**
 * What a person reads off the paper to say which version it is: half of what one would need to find another content with
 * the same code by trying, which is no matter, because the whole hash is what binds.
 */
export function checkCodeOf(contentHash: string): string {
  const digits = contentHash.slice(0, CHECK_CODE_DIGITS).toUpperCase();
  return `${digits.slice(0, CHECK_CODE_DIGITS / 2)}-${digits.slice(CHECK_CODE_DIGITS / 2)}`;
}

/** As it is typed: small letters, without the hyphen, with spaces. */
export function isCheckCode(typed: string, contentHash: string): boolean {
  return typed.replace(/[\s-]/g, '').toUpperCase() === checkCodeOf(contentHash).replace('-', '');
}

/** Empty = it counts. */
export function voidReasons(sealed: PaperContent, now: PaperContent): Bilingual[] {
  if (sealed.contentHash === now.contentHash) return [];
  const changes = paperChanges(sealed, now);
  // A hash over another format of the same facts: an older console printed it.
  return changes.length > 0 ? changes : [say('表单格式已更新', 'the form has a newer layout')];
}

export function standingOf(scans: readonly { readonly contentHash: string }[], currentHash: string): PaperStanding {
  if (scans.length === 0) return 'NONE';
  return scans.some((scan) => scan.contentHash === currentHash) ? 'VALID' : 'VOID';
}
