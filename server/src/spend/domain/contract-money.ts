/** Decides how an entry moves a contract's figures, and which bound is in the way where it does not fit. */
import type { Fen } from '../../kernel/money.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import { invalid, yuanText } from './spend-checks.js';

export const ENTRY_KINDS = ['ACCEPTANCE', 'DEDUCTION', 'PAYMENT'] as const;
export type ContractEntryKind = (typeof ENTRY_KINDS)[number];

/** A contract's row; `claimed` = payments entered and confirmed, so that two of them never take the same money. */
export interface ContractFigures {
  readonly ceiling: Fen;
  readonly accepted: Fen;
  readonly deducted: Fen;
  readonly claimed: Fen;
  readonly paid: Fen;
  /** 预付款: of what is claimed, the part that was allowed to go before its acceptance, drawn down since or not. */
  readonly advanced: Fen;
  /** At most so much may be out before it is accepted. */
  readonly advanceLimit: Fen;
}

export type FigureMove = Omit<ContractFigures, 'ceiling' | 'advanceLimit'>;

const NONE: FigureMove = { accepted: 0n, deducted: 0n, claimed: 0n, paid: 0n, advanced: 0n };

/** When a figure moves: at entering, at confirming, at withdrawing. */
export const ENTRY_MOMENTS = ['ENTER', 'CONFIRM', 'WITHDRAW'] as const;
export type EntryMoment = (typeof ENTRY_MOMENTS)[number];

/**
 * A payment claims its money when it is entered; acceptances and deductions count once confirmed. A reversal is the same
 * entry with the other sign; what a payment's reversal sets free is free once it is confirmed.
 */
export function moveOf(kind: ContractEntryKind, amount: Fen, moment: EntryMoment, advance = false): FigureMove {
  const move = moveOfKind(kind, amount, moment);
  // An advance is a payment that is remembered as one: both claim and free the same money at the same moments.
  return advance ? { ...move, advanced: move.claimed } : move;
}

function moveOfKind(kind: ContractEntryKind, amount: Fen, moment: EntryMoment): FigureMove {
  if (kind !== 'PAYMENT') {
    if (moment !== 'CONFIRM') return NONE;
    return kind === 'ACCEPTANCE' ? { ...NONE, accepted: amount } : { ...NONE, deducted: amount };
  }
  const reversal = amount < 0n;
  if (moment === 'ENTER') return reversal ? NONE : { ...NONE, claimed: amount };
  if (moment === 'WITHDRAW') return reversal ? NONE : { ...NONE, claimed: -amount };
  return { ...NONE, paid: amount, claimed: reversal ? amount : 0n };
}

/** The money that may still be paid: accepted less deducted, less what is claimed; below nothing while an advance is out. */
export function payableOf({ accepted, deducted, claimed }: ContractFigures): Fen {
  return accepted - deducted - claimed;
}

const least = (a: Fen, b: Fen): Fen => (a < b ? a : b);
const atLeastNothing = (amount: Fen): Fen => (amount > 0n ? amount : 0n);

/** 未抵扣预付款: what is claimed beyond what was accepted; each acceptance draws it down first, by being more than it was. */
export function advanceOutstanding(figures: ContractFigures): Fen {
  return atLeastNothing(-payableOf(figures));
}

/** What may still be paid in advance: what is payable goes as an ordinary payment. */
export function advanceableOf(figures: ContractFigures): Fen {
  return atLeastNothing(figures.advanceLimit + payableOf(figures));
}

/** The same bounds as the row's CHECK; null = it fits. */
export function boundInTheWay(now: ContractFigures, move: FigureMove, path: string): InvalidInput | null {
  const advanced = now.advanced + move.advanced;
  const accepted = now.accepted + move.accepted;
  const deducted = now.deducted + move.deducted;
  const claimed = now.claimed + move.claimed;
  const paid = now.paid + move.paid;
  const at = path === '' ? [] : [path];
  if (accepted > now.ceiling)
    return invalid(
      at,
      'ceiling',
      `合同上限 ${yuanText(now.ceiling)} 元，已验收 ${yuanText(now.accepted)} 元，最多还能验收 ${yuanText(now.ceiling - now.accepted)} 元`,
      `The ceiling is ${yuanText(now.ceiling)} yuan, ${yuanText(now.accepted)} is accepted: at most ${yuanText(now.ceiling - now.accepted)} more can be`,
    );
  if (accepted < 0n || deducted < 0n || paid < 0n || claimed < paid || advanced < 0n || advanced > claimed)
    return invalid(
      at,
      'reversed',
      '冲销超过已入账金额，本次未作任何更改',
      'It would reverse more than was posted; nothing was changed',
    );
  if (move.advanced > 0n && claimed > accepted - deducted + now.advanceLimit)
    return invalid(
      at,
      'advance',
      `合同约定预付款最多 ${yuanText(now.advanceLimit)} 元，未抵扣 ${yuanText(advanceOutstanding(now))} 元，还能预付 ${yuanText(advanceableOf(now))} 元；请先验收抵扣，或签补充协议调整`,
      `The contract allows ${yuanText(now.advanceLimit)} yuan in advance, ${yuanText(advanceOutstanding(now))} is not drawn down yet: ${yuanText(advanceableOf(now))} more can be advanced; accept first, or agree on another limit by a supplement`,
    );
  if (claimed > accepted - deducted + roomFor(now, move, advanced))
    return invalid(
      at,
      'accepted',
      `验收 ${yuanText(now.accepted)} 元，扣减 ${yuanText(now.deducted)} 元，已付和待复核 ${yuanText(now.claimed)} 元，还能付 ${yuanText(payableOf(now))} 元；请先验收，或先冲销付款`,
      `${yuanText(now.accepted)} yuan accepted, ${yuanText(now.deducted)} deducted, ${yuanText(now.claimed)} paid or waiting: ${yuanText(payableOf(now))} can be paid; accept first, or reverse a payment`,
    );
  return null;
}

/**
 * How far what is claimed may stand above what is accepted. A payment that is none in advance has no room at all; what only
 * takes acceptances back, or deducts, may bring out again what had been advanced, and no more.
 */
function roomFor(now: ContractFigures, move: FigureMove, advanced: Fen): Fen {
  return move.claimed > 0n && move.advanced === 0n ? 0n : least(advanced, now.advanceLimit);
}
