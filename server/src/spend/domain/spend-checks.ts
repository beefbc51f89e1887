/** Decides which texts and amounts of spend are well-formed, and in which words they are refused. */
import { say } from '../../kernel/bilingual.js';
import type { Fen } from '../../kernel/money.js';
import type { InputPath, InvalidInput } from '../../kernel/refusal.js';

/** Ten trillion yuan is more than any province has; sums of thousands of them stay within a BIGINT. */
export const AMOUNT_FEN_MAX: Fen = 10n ** 15n;
export const NAME_LENGTH_MAX = 160;
/** A sentence or two; more belongs into the evidence. */
export const NOTE_LENGTH_MAX = 300;

type Check = (fine: boolean, path: InputPath, rule: string, zh: string, en: string) => void;

/** Collects everything that is wrong at once. */
export function checker(): { readonly refusals: InvalidInput[]; readonly check: Check } {
  const refusals: InvalidInput[] = [];
  return {
    refusals,
    check: (fine, path, rule, zh, en) => {
      if (!fine) refusals.push(invalid(path, rule, zh, en));
    },
  };
}

export function invalid(path: InputPath, rule: string, zh: string, en: string): InvalidInput {
  return { code: 'INVALID_INPUT', path, rule, message: say(zh, en) };
}

/** Exact yuan for a sentence, e.g. "-1234.05". */
export function yuanText(fen: Fen): string {
  const size = fen < 0n ? -fen : fen;
  return `${fen < 0n ? '-' : ''}${size / 100n}.${(size % 100n).toString().padStart(2, '0')}`;
}
