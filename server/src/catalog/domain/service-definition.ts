/** Decides what a service's definition may say, and whether the values of a request answer it, field by field. */

import { type Bilingual, say } from '../../kernel/bilingual.js';
import { isCalendarDate } from '../../kernel/calendar.js';
import { type InvalidInput, QUOTA_METERS, type QuotaMeter } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { isIP, isIPv4 } from './address-text.js';

export const FIELD_TYPES = ['TEXT', 'NUMBER', 'CHOICE', 'DATE', 'IP', 'DOMAIN'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** AUTOMATIC: a machine does it; WORK_ORDER: a person does, with evidence. */
export const FULFILMENTS = ['AUTOMATIC', 'WORK_ORDER'] as const;
export type Fulfilment = (typeof FULFILMENTS)[number];

export interface FieldChoice {
  readonly value: string;
  readonly label: Bilingual;
}

/** One question of a service's form. */
export interface ServiceField {
  readonly key: string;
  readonly label: Bilingual;
  readonly type: FieldType;
  readonly required: boolean;
  /** Of NUMBER, both ends included. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** Of TEXT. */
  readonly lengthMaximum: number | null;
  /** Of CHOICE. */
  readonly choices: readonly FieldChoice[];
}

/** What a service is, as of one version: a request keeps the version that it was asked by. */
export interface ServiceDefinition {
  readonly id: string;
  readonly serviceId: string;
  /** 1, 2, 3 … */
  readonly number: number;
  readonly name: Bilingual;
  readonly summary: Bilingual;
  /** What a request's quantity counts. */
  readonly unit: Bilingual;
  readonly quantityMaximum: number;
  /** Which quota it is counted against; null = none. */
  readonly quotaMeter: QuotaMeter | null;
  /** By which price item it is priced; null = free of charge. */
  readonly priceMeter: string | null;
  readonly fulfilment: Fulfilment;
  readonly fields: readonly ServiceField[];
}

export type DefinitionContent = Omit<ServiceDefinition, 'id' | 'serviceId' | 'number'>;

/** Values as a form or an API caller gives them, by the field's key. */
export type FieldValues = { readonly [key: string]: unknown };
export type CheckedValues = { readonly [key: string]: string | number };

/** A form with more questions is two services. */
const FIELDS_MAX = 30;
const CHOICES_MAX = 50;
const KEY = /^[a-z][A-Za-z0-9]{0,39}$/;
const LABEL_LENGTH_MAX = 60;
const SUMMARY_LENGTH_MAX = 300;
/** A text of a form; longer ones are attachments. */
const TEXT_LENGTH_MAX = 2_000;
export const SERVICE_QUANTITY_MAX = 100_000;
const PRICE_METER = /^[A-Z][A-Z0-9_]{0,39}(?::[a-z0-9][a-z0-9.-]{0,38})?$/;
/** RFC 1035: labels of 63, 253 in all; a Chinese domain is given in its punycode. */
const DOMAIN_LENGTH_MAX = 253;
const DOMAIN = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

/**
 * Whether the values answer the definition: everything that is wrong at once, each at its field
 * (path ["values", key]), and what is right in its plain form. A question that is not asked may not be answered.
 */
export function validateServiceFields(
  definition: Pick<ServiceDefinition, 'fields'>,
  values: FieldValues,
): Result<CheckedValues, readonly InvalidInput[]> {
  const refusals: InvalidInput[] = [];
  const checked: { [key: string]: string | number } = {};
  const known = new Map(definition.fields.map((field) => [field.key, field]));
  for (const key of Object.keys(values))
    if (!known.has(key))
      refusals.push(invalid(['values', key], 'unknownField', say(`没有字段 ${key}`, `There is no field ${key}`)));
  for (const field of definition.fields) {
    const value = Object.hasOwn(values, field.key) ? values[field.key] : undefined;
    const given = typeof value === 'string' ? value.trim() : value;
    if (given === undefined || given === null || given === '') {
      if (field.required) refusals.push(wrong(field, 'required', '为必填项', 'is required'));
      continue;
    }
    const read = READERS[field.type](field, given);
    if (read.ok) checked[field.key] = read.value;
    else refusals.push(read.error);
  }
  return refusals.length > 0 ? refuse(refusals) : ok(checked);
}

type Read = Result<string | number, InvalidInput>;

const READERS: { readonly [T in FieldType]: (field: ServiceField, value: unknown) => Read } = {
  TEXT: (field, value) => {
    const longest = field.lengthMaximum ?? TEXT_LENGTH_MAX;
    if (typeof value !== 'string') return refuse(wrong(field, 'text', '须为文字', 'is a text'));
    return value.length <= longest
      ? ok(value)
      : refuse(wrong(field, 'length', `最多 ${longest} 个字`, `has at most ${longest} characters`));
  },
  NUMBER: (field, value) => {
    const number = typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,6})?$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number))
      return refuse(wrong(field, 'number', '须为数字', 'is a number'));
    const [least, most] = [field.minimum ?? Number.NEGATIVE_INFINITY, field.maximum ?? Number.POSITIVE_INFINITY];
    if (number >= least && number <= most) return ok(number);
    const range = [field.minimum ?? '', field.maximum ?? ''];
    return refuse(wrong(field, 'range', `须在 ${range.join(' 至 ')} 之间`, `is between ${range.join(' and ')}`));
  },
  CHOICE: (field, value) =>
    field.choices.some((choice) => choice.value === value)
      ? ok(value as string)
      : refuse(wrong(field, 'choice', '须为所列选项之一', 'is one of the choices')),
  DATE: (field, value) =>
    typeof value === 'string' && isCalendarDate(value)
      ? ok(value)
      : refuse(wrong(field, 'date', '须为存在的日期，如 2027-01-01', 'is a day that exists, such as 2027-01-01')),
  IP: (field, value) =>
    typeof value === 'string' && isAddressOrPrefix(value)
      ? ok(value.toLowerCase())
      : refuse(
          wrong(
            field,
            'ip',
            '须为 IPv4 或 IPv6 地址或网段，如 10.1.2.3 或 2001:db8::/64',
            'is an IPv4 or IPv6 address or prefix, such as 10.1.2.3 or 2001:db8::/64',
          ),
        ),
  DOMAIN: (field, value) =>
    typeof value === 'string' && value.length <= DOMAIN_LENGTH_MAX && DOMAIN.test(value)
      ? ok(value.toLowerCase())
      : refuse(wrong(field, 'domain', '须为域名，如 www.example.gov.cn', 'is a domain, such as www.example.gov.cn')),
};

function isAddressOrPrefix(text: string): boolean {
  const [address = '', length, more] = text.split('/');
  if (!isIP(address) || more !== undefined) return false;
  if (length === undefined) return true;
  return /^\d{1,3}$/.test(length) && Number(length) <= (isIPv4(address) ? 32 : 128);
}

/** Everything that is wrong with a definition at once. */
export function checkDefinition(content: DefinitionContent): InvalidInput[] {
  const refusals: InvalidInput[] = [];
  const check = (fine: boolean, path: readonly string[], rule: string, message: Bilingual): void => {
    if (!fine) refusals.push(invalid(['definition', ...path], rule, message));
  };
  const { fields } = content;
  const texts = [
    [content.name, 'name', LABEL_LENGTH_MAX],
    [content.unit, 'unit', LABEL_LENGTH_MAX],
    [content.summary, 'summary', SUMMARY_LENGTH_MAX],
  ] as const;
  for (const [text, path, longest] of texts) check(isSaid(text, longest), [path], 'length', bothLanguages(longest));
  check(
    Number.isInteger(content.quantityMaximum) &&
      content.quantityMaximum >= 1 &&
      content.quantityMaximum <= SERVICE_QUANTITY_MAX,
    ['quantityMaximum'],
    'range',
    say(`数量上限须在 1 至 ${SERVICE_QUANTITY_MAX} 之间`, `A largest quantity is 1 to ${SERVICE_QUANTITY_MAX}`),
  );
  check(
    content.quotaMeter === null || QUOTA_METERS.includes(content.quotaMeter),
    ['quotaMeter'],
    'choice',
    say('没有这个定额计量项', 'There is no such quota meter'),
  );
  check(
    content.priceMeter === null || PRICE_METER.test(content.priceMeter),
    ['priceMeter'],
    'meter',
    say('计费项代码不合规', 'This is no code of a price item'),
  );
  check(
    fields.length <= FIELDS_MAX,
    ['fields'],
    'count',
    say(`最多 ${FIELDS_MAX} 个字段`, `At most ${FIELDS_MAX} fields`),
  );
  for (const [index, field] of fields.entries()) {
    const at = (...path: string[]) => ['fields', String(index), ...path];
    check(
      KEY.test(field.key) && fields.findIndex((other) => other.key === field.key) === index,
      at('key'),
      'key',
      say(
        '字段名须为小写字母开头的字母数字，且不重复',
        'A key is letters and digits, begins in lower case, and is unique',
      ),
    );
    check(isSaid(field.label, LABEL_LENGTH_MAX), at('label'), 'length', bothLanguages(LABEL_LENGTH_MAX));
    check(
      (field.minimum ?? Number.NEGATIVE_INFINITY) <= (field.maximum ?? Number.POSITIVE_INFINITY),
      at('minimum'),
      'range',
      say('最小值不能大于最大值', 'The least is not above the most'),
    );
    check(
      field.lengthMaximum === null || (field.lengthMaximum >= 1 && field.lengthMaximum <= TEXT_LENGTH_MAX),
      at('lengthMaximum'),
      'range',
      say(`字数上限须在 1 至 ${TEXT_LENGTH_MAX} 之间`, `A text has at most 1 to ${TEXT_LENGTH_MAX} characters`),
    );
    const values = new Set(field.choices.map((choice) => choice.value));
    check(
      field.type === 'CHOICE'
        ? values.size > 0 && values.size === field.choices.length && values.size <= CHOICES_MAX && !values.has('')
        : values.size === 0,
      at('choices'),
      'choices',
      say(
        `选项须为 1 至 ${CHOICES_MAX} 个且不重复；其他类型没有选项`,
        `A field of type choice has 1 to ${CHOICES_MAX} options, all different; other types have none`,
      ),
    );
  }
  return refusals;
}

function isSaid({ zh, en }: Bilingual, longest: number): boolean {
  return [zh, en].every((text) => text.trim() !== '' && text.length <= longest);
}

function bothLanguages(longest: number): Bilingual {
  return say(`中英文均须填写，最多 ${longest} 个字`, `Say it in both languages, in at most ${longest} characters`);
}

function wrong(field: ServiceField, rule: string, zh: string, en: string): InvalidInput {
  return invalid(['values', field.key], rule, say(`${field.label.zh}${zh}`, `${field.label.en} ${en}`));
}

function invalid(path: readonly string[], rule: string, message: Bilingual): InvalidInput {
  return { code: 'INVALID_INPUT', path, rule, message };
}
