/** Decides what of a new acceptance, deduction, payment or reversal is refused before anything is looked up. */
import { type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import { AMOUNT_FEN_MAX, checker, NOTE_LENGTH_MAX } from './spend-checks.js';

export const VOUCHER_LENGTH_MAX = 60;
/** A scan of each party's signature page, a report, a list of defects: more belongs into one file. */
export const EVIDENCE_FILES_MAX = 10;
/** Of a month; who leaves out more has the wrong contract before him. */
const LEFT_OUT_MAX = 100;

interface Common {
  readonly onDate: CalendarDate;
  readonly note: string;
}

export interface AcceptanceFacts extends Common {
  readonly amount: Fen;
  readonly fileCount: number;
}

export interface PaymentFacts extends Common {
  readonly amount: Fen;
  readonly voucher: string;
  /** Services of these days, half-open. */
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

type Checks = ReturnType<typeof checker>;

function checkCommon({ check }: Checks, { onDate, note }: Common): void {
  check(isCalendarDate(onDate), ['onDate'], 'date', '请填写日期', 'Give the day');
  check(
    note.length <= NOTE_LENGTH_MAX,
    ['note'],
    'length',
    `说明最多 ${NOTE_LENGTH_MAX} 个字`,
    `A note has at most ${NOTE_LENGTH_MAX} characters`,
  );
}

function checkAmount({ check }: Checks, amount: Fen): void {
  check(
    amount > 0n && amount <= AMOUNT_FEN_MAX,
    ['amount'],
    'range',
    '金额须大于零；要减少已入账的金额，请冲销',
    'An amount is above zero; what was posted is taken back by a reversal',
  );
}

function checkEvidence({ check }: Checks, fileCount: number, least = 1): void {
  check(
    fileCount >= least && fileCount <= EVIDENCE_FILES_MAX,
    ['fileIds'],
    'required',
    `请附依据，${least} 至 ${EVIDENCE_FILES_MAX} 个文件`,
    `Attach the evidence, ${least} to ${EVIDENCE_FILES_MAX} files`,
  );
}

function checkVoucher({ check }: Checks, voucher: string): void {
  check(
    voucher.trim() !== '' && voucher.length <= VOUCHER_LENGTH_MAX,
    ['voucher'],
    'length',
    `凭证号须为 1 至 ${VOUCHER_LENGTH_MAX} 个字`,
    `A voucher number has 1 to ${VOUCHER_LENGTH_MAX} characters`,
  );
}

export function checkAcceptance(facts: AcceptanceFacts): InvalidInput[] {
  const checks = checker();
  checkCommon(checks, facts);
  checkAmount(checks, facts.amount);
  checkEvidence(checks, facts.fileCount);
  return checks.refusals;
}

/** What comes from the record of outages is its own evidence. */
export function checkDeduction(facts: Common & { fileCount: number; fromRecord: boolean }): InvalidInput[] {
  const checks = checker();
  checkCommon(checks, facts);
  checkEvidence(checks, facts.fileCount, facts.fromRecord ? 0 : 1);
  return checks.refusals;
}

/** An outage that this contract does not answer for, and why. */
export interface LeftOut {
  readonly outageId: string;
  readonly reason: string;
}

export function checkLeftOut(leftOut: readonly LeftOut[]): InvalidInput[] {
  const { check, refusals } = checker();
  check(
    leftOut.length <= LEFT_OUT_MAX,
    ['leftOut'],
    'count',
    `最多排除 ${LEFT_OUT_MAX} 次中断`,
    `At most ${LEFT_OUT_MAX} outages are left out`,
  );
  for (const [at, { outageId, reason }] of leftOut.entries()) {
    const path = ['leftOut', String(at), 'reason'];
    check(
      reason.trim() !== '' && reason.length <= NOTE_LENGTH_MAX,
      path,
      'required',
      '请写明为什么不计入这份合同',
      'Say why this contract does not answer for it',
    );
    const first = leftOut.findIndex((other) => other.outageId === outageId);
    check(first === at, path, 'unique', '同一次中断只排除一次', 'Each outage is left out once');
  }
  return refusals;
}

export function checkPayment(facts: PaymentFacts): InvalidInput[] {
  const checks = checker();
  checkCommon(checks, facts);
  checkAmount(checks, facts.amount);
  checkVoucher(checks, facts.voucher);
  checks.check(
    isCalendarDate(facts.from) && isCalendarDate(facts.to) && facts.from < facts.to,
    ['to'],
    'period',
    '服务期须至少一天，结束日期晚于开始日期',
    'A payment is for services of one day at least',
  );
  return checks.refusals;
}

export function checkReversal(facts: Common & { payment: boolean; voucher: string | null }): InvalidInput[] {
  const checks = checker();
  checkCommon(checks, facts);
  checks.check(facts.note.trim() !== '', ['note'], 'required', '请写明冲销原因', 'Say why it is reversed');
  if (facts.payment) checkVoucher(checks, facts.voucher ?? '');
  return checks.refusals;
}
