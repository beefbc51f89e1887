import type { AuditFact } from '../audit/audit.types.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Actor } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ContractRow } from './contracts.repository.js';
import { enteredBy } from './contracts.service.js';
import type { Assessment } from './domain/assessment.js';
import { invalid } from './domain/spend-checks.js';
import type { ContractEntryRow } from './entries.repository.js';

/** What of an entry differs from kind to kind. */
export type EntryParts = Partial<ContractEntryRow> & Pick<ContractEntryRow, 'kind' | 'amount' | 'onDate' | 'note'>;

const WORDS: { readonly [K in ContractEntryRow['kind']]: Bilingual } = {
  ACCEPTANCE: say('验收', 'acceptance'),
  DEDUCTION: say('考核扣减', 'deduction'),
  PAYMENT: say('付款', 'payment'),
};

const ADVANCE = say('预付款', 'advance');

export function newEntry(tx: Tx, actor: Actor, contractId: string, parts: EntryParts): ContractEntryRow {
  return {
    ...{ id: newId(tx.now.getTime()), contractId, fromDate: null, toDate: null, voucher: null, instalment: null },
    ...{ advance: false, assessment: null, reversesId: null, reversedById: null },
    ...enteredBy(tx, actor),
    ...parts,
    note: parts.note.trim(),
  };
}

export function factOf(row: ContractEntryRow, zh: string, en: string): AuditFact {
  const word = row.advance ? ADVANCE : WORDS[row.kind];
  return {
    objectType: 'ContractEntry',
    objectId: row.id,
    departmentId: null,
    summary: say(
      `${zh}${word.zh}${row.voucher ? ` ${row.voucher}` : ''}`,
      `${en} ${word.en} ${row.voucher ?? ''}`.trim(),
    ),
    after: { contractId: row.contractId, kind: row.kind, amount: row.amount.toString(), voucher: row.voucher },
  };
}

export function plain(input: object): { readonly [key: string]: unknown } {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, typeof value === 'bigint' ? value.toString() : value]),
  );
}

export const noRule = (): Refusal =>
  invalid(
    ['month'],
    'rule',
    '这份合同在该月没有考核规则，不能计算扣减',
    'This contract has no assessment rule in that month, so nothing can be deducted by it',
  );

export const nothingToDeduct = ({ availability, share, room }: Assessment, fromRecord: boolean): Refusal => {
  const path = fromRecord ? ['month'] : ['downMinutes'];
  if (share > 0 && room === 0n)
    return invalid(
      path,
      'contractCap',
      '合同累计扣减已到封顶，本月不再扣减',
      'All that this contract lets be deducted has been: nothing more is',
    );
  return invalid(
    path,
    'nothing',
    `可用率 ${(availability / 100).toFixed(2)}%，未低于考核标准，不产生扣减`,
    `The availability of ${(availability / 100).toFixed(2)} % is not below the terms: nothing is deducted`,
  );
};

export const monthNotOver = (): Refusal =>
  invalid(
    ['month'],
    'past',
    '该月还没有结束，中断尚在登记',
    'The month is not over; its outages are still being recorded',
  );

export const unknownFault = (at: number): Refusal => ({
  code: 'UNKNOWN_REFERENCE',
  path: ['leftOut', String(at), 'outageId'],
  message: say('这份合同该月没有这次中断', 'This contract has no such outage in the month'),
});

export const recordChanged = (): Refusal => ({
  code: 'NOT_PERMITTED',
  path: ['id'],
  reason: 'RECORD_CHANGED',
  message: say(
    '录入后中断登记有更正，与这笔扣减的依据不一致；请撤回后按现在的登记重新录入',
    'The book of outages was corrected after this was entered; withdraw it and enter it by what the book says now',
  ),
});

export const outsideContract = ({ fromDate, toDate }: ContractRow): Refusal =>
  invalid(
    ['from'],
    'period',
    `服务期须在合同期内：${fromDate} 起，${toDate} 前`,
    `Services are within the contract's period: from ${fromDate}, before ${toDate}`,
  );

export const notReversible = (): Refusal => ({
  code: 'NOT_PERMITTED',
  path: ['id'],
  reason: 'NOT_REVERSIBLE',
  message: say(
    '只有已复核、未被冲销的原始记录可以冲销',
    'Only a confirmed entry that has no reversal yet can be reversed',
  ),
});

export const monthAssessed = (): Refusal =>
  invalid(
    ['month'],
    'unique',
    '该月已有考核扣减；要更正，请先冲销原来的扣减',
    'This month has a deduction already; to correct it, reverse that one first',
  );
