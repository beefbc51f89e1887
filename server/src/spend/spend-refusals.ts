import { say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { invalid } from './domain/spend-checks.js';

export function unknown(path: InputPath): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path,
    message: say('找不到，可能已被撤回', 'There is no such thing; it may have been withdrawn'),
  };
}

export function changed(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('刚被他人更改，请刷新后再看', 'Somebody has just changed this; look again'),
  };
}

export const numberTaken = (): Refusal =>
  invalid(
    ['number'],
    'unique',
    '合同编号已存在，请核对是否重复录入',
    'A contract of this number is there already; see whether it was entered before',
  );
export const creditCodeTaken = (): Refusal =>
  invalid(
    ['creditCode'],
    'unique',
    '这个统一社会信用代码的供应商已存在',
    'A supplier of this credit code is there already',
  );
export const voucherTaken = (): Refusal =>
  invalid(
    ['voucher'],
    'unique',
    '凭证号已用于另一笔付款，本次未作任何更改',
    'This voucher stands for another payment; nothing was changed',
  );
export const assetCodeTaken = (): Refusal =>
  invalid(['code'], 'unique', '资产编号已存在', 'An asset of this code is there already');

export const notInForce = (path: InputPath): Refusal => ({
  code: 'NOT_PERMITTED',
  path,
  reason: 'NOT_CONFIRMED',
  message: say(
    '合同还没有经另一人复核，不能验收和付款',
    'Nothing is accepted or paid of a contract that no second person has confirmed',
  ),
});
