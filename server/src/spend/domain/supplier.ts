/** Decides what of a new supplier is refused. */
import type { InvalidInput } from '../../kernel/refusal.js';
import { isCreditCode } from './credit-code.js';
import { checker, NAME_LENGTH_MAX } from './spend-checks.js';

export interface SupplierFacts {
  readonly creditCode: string;
  readonly name: string;
  readonly contact: string;
  readonly phone: string;
}

const CONTACT_LENGTH_MAX = 60;
const PHONE_LENGTH_MAX = 40;

export function checkSupplier({ creditCode, name, contact, phone }: SupplierFacts): InvalidInput[] {
  const { check, refusals } = checker();
  check(
    isCreditCode(creditCode),
    ['creditCode'],
    'creditCode',
    '统一社会信用代码为 18 位，校验位不符；请核对营业执照',
    'A unified social credit code has 18 signs with the right check digit; look at the licence again',
  );
  check(
    name.trim() !== '' && name.length <= NAME_LENGTH_MAX,
    ['name'],
    'length',
    `名称须为 1 至 ${NAME_LENGTH_MAX} 个字`,
    `A name has 1 to ${NAME_LENGTH_MAX} characters`,
  );
  check(
    contact.length <= CONTACT_LENGTH_MAX,
    ['contact'],
    'length',
    `联系人最多 ${CONTACT_LENGTH_MAX} 个字`,
    `A contact has at most ${CONTACT_LENGTH_MAX} characters`,
  );
  check(
    phone.length <= PHONE_LENGTH_MAX,
    ['phone'],
    'length',
    `电话最多 ${PHONE_LENGTH_MAX} 个字`,
    `A phone number has at most ${PHONE_LENGTH_MAX} characters`,
  );
  return refusals;
}
