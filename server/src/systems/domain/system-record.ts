/** Decides whether the record of a system is well-formed, field by field, and what of it is kept. */
import { say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { FieldChecks, typed } from './field-checks.js';
import type { Contact, GovernmentSystem, ProtectionLevel } from './system.js';

/** What a person may write of a system. The declaration and the reliability statement have their own acts, filing and freeze belong to compliance, going live to its case. */
export type SystemContent = Omit<
  GovernmentSystem,
  | 'id'
  | 'departmentId'
  | 'filed'
  | 'frozen'
  | 'ownerUserId'
  | 'liveSince'
  | 'declarationFileId'
  | 'declarationValidUntil'
  | 'reliabilityFileId'
  | 'reliabilityValidUntil'
  | 'reliabilityEntries'
  | 'version'
  | 'protectionLevel'
> & { readonly protectionLevel: number };

/** What stays of it when every field is well-formed. */
export type SystemWrite = Omit<SystemContent, 'protectionLevel'> & {
  readonly protectionLevel: ProtectionLevel;
  readonly filed: boolean;
};

/** Lengths are those of the columns. */
const NAME_LENGTH_MAX = 120;
const DESCRIPTION_LENGTH_MAX = 1_000;
const COMPANY_LENGTH_MAX = 120;
const FILING_ORGAN_LENGTH_MAX = 80;
const CRYPTO_NUMBER_LENGTH_MAX = 60;
/** 备案号 as the police give it out: 11 digits of the place, a hyphen, the serial. Old numbers differ, so only the alphabet is held. */
const FILING_NUMBER = /^[0-9A-Z-]{5,40}$/;
/** Whom to call, in the order of calling; nobody reads a longer list. */
const CONTACTS_MAX = 10;
const CONTACT_TEXT_LENGTH_MAX = 40;
/** Below 90 % nobody promises anything; above 100 % nobody keeps it. */
const AVAILABILITY_MILLI_PERCENT_MIN = 90_000;
const AVAILABILITY_MILLI_PERCENT_MAX = 100_000;
const USERS_MAX = 2_000_000_000;

export function checkSystem(content: SystemContent, today: CalendarDate): Result<SystemWrite, readonly Refusal[]> {
  const kept = withoutBlanks(content);
  const { protectionLevel } = content;
  const checks = new FieldChecks();
  checks.code('code', kept.code);
  checks.text('name', kept.name, NAME_LENGTH_MAX);
  checks.optionalText('description', kept.description, DESCRIPTION_LENGTH_MAX);
  checks.optionalText('vendorCompany', kept.vendorCompany, COMPANY_LENGTH_MAX);
  if (!isProtectionLevel(protectionLevel))
    checks.refuse(
      'protectionLevel',
      'range',
      say('等保级别为 1 至 3 级，政务云不承载四级系统', 'The protection level is 1 to 3; level 4 is not hosted'),
    );
  checkFiling(checks, kept, today);
  checkAssessments(checks, kept, today);
  if (kept.availabilityMilliPercent !== null && !isAvailability(kept.availabilityMilliPercent))
    checks.refuse(
      'availabilityPercent',
      'range',
      say('可用性目标为 90 至 100，最多三位小数', 'An availability target is 90 to 100 with three decimals at most'),
    );
  checks.wholeNumber('usersEstimate', kept.usersEstimate, 0, USERS_MAX);
  checks.wholeNumber('concurrencyEstimate', kept.concurrencyEstimate, 0, USERS_MAX);
  if (kept.usersEstimate !== null && kept.concurrencyEstimate !== null && kept.concurrencyEstimate > kept.usersEstimate)
    checks.refuse(
      'concurrencyEstimate',
      'range',
      say('并发数不能大于用户数', 'There cannot be more at the same time than there are users'),
    );
  checkContacts(checks, kept.contacts);
  if (checks.refusals.length > 0 || !isProtectionLevel(protectionLevel)) return refuse(checks.refusals);
  return ok({ ...kept, protectionLevel, filed: kept.filingNumber !== null });
}

function isProtectionLevel(level: number): level is ProtectionLevel {
  return level === 1 || level === 2 || level === 3;
}

function isAvailability(milliPercent: number): boolean {
  return (
    Number.isInteger(milliPercent) &&
    milliPercent >= AVAILABILITY_MILLI_PERCENT_MIN &&
    milliPercent <= AVAILABILITY_MILLI_PERCENT_MAX
  );
}

function withoutBlanks(content: SystemContent): SystemContent {
  return {
    ...content,
    code: content.code.trim(),
    name: content.name.trim(),
    description: typed(content.description),
    filingNumber: typed(content.filingNumber),
    filingOrgan: typed(content.filingOrgan),
    filedOn: typed(content.filedOn),
    assessedOn: typed(content.assessedOn),
    cryptoAssessedOn: typed(content.cryptoAssessedOn),
    cryptoNumber: typed(content.cryptoNumber),
    vendorCompany: typed(content.vendorCompany),
    contacts: content.contacts.map(({ name, phone, role }) => ({
      name: name.trim(),
      phone: phone.trim(),
      role: role.trim(),
    })),
  };
}

function checkFiling(checks: FieldChecks, content: SystemContent, today: CalendarDate): void {
  const { filingNumber, filingOrgan, filedOn } = content;
  checks.matching(
    'filingNumber',
    filingNumber,
    FILING_NUMBER,
    'format',
    say(
      '备案号为 5 至 40 位数字、大写字母和连字符',
      'A filing number is 5 to 40 digits, upper-case letters and hyphens',
    ),
  );
  checks.optionalText('filingOrgan', filingOrgan, FILING_ORGAN_LENGTH_MAX);
  checks.pastDate('filedOn', filedOn, today);
  checks.together(
    { filingNumber, filingOrgan, filedOn },
    say('备案号、备案机关、备案日期须一并填写', 'Filing number, organ and date are given together'),
  );
}

function checkAssessments(checks: FieldChecks, content: SystemContent, today: CalendarDate): void {
  const { assessedOn, assessmentResult, cryptoAssessedOn, cryptoResult, cryptoNumber } = content;
  checks.pastDate('assessedOn', assessedOn, today);
  checks.together(
    { assessedOn, assessmentResult },
    say('测评日期与结论须一并填写', 'Date and result of an assessment are given together'),
  );
  checks.pastDate('cryptoAssessedOn', cryptoAssessedOn, today);
  checks.optionalText('cryptoNumber', cryptoNumber, CRYPTO_NUMBER_LENGTH_MAX);
  checks.together(
    { cryptoAssessedOn, cryptoResult, cryptoNumber },
    say(
      '密评日期、结论、报告编号须一并填写',
      'Date, result and number of a cryptography assessment are given together',
    ),
  );
}

function checkContacts(checks: FieldChecks, contacts: readonly Contact[]): void {
  if (contacts.length > CONTACTS_MAX)
    checks.refuse('contacts', 'range', say(`联系人最多 ${CONTACTS_MAX} 位`, `${CONTACTS_MAX} contacts at most`));
  contacts.slice(0, CONTACTS_MAX).forEach((contact, index) => {
    const at = (field: string) => ['contacts', String(index), field];
    checks.text(at('name'), contact.name, CONTACT_TEXT_LENGTH_MAX);
    checks.text(at('role'), contact.role, CONTACT_TEXT_LENGTH_MAX);
    checks.phone(at('phone'), contact.phone);
  });
}
