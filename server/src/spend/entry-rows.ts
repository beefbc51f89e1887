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

export const nothingToDeduct = ({ availability }: Assessment): Refusal =>
  invalid(
    ['downMinutes'],
    'nothing',
    `可用率 ${(availability / 100).toFixed(2)}%，未低于考核标准，不产生扣减`,
    `The availability of ${(availability / 100).toFixed(2)} % is not below the terms: nothing is deducted`,
  );

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
