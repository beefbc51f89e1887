import { isIP as isIPOfNode } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isIP } from './address-text.js';
import {
  checkDefinition,
  type DefinitionContent,
  FIELD_TYPES,
  type FieldType,
  type ServiceField,
  validateServiceFields,
} from './service-definition.js';

const field = (key: string, type: FieldType, more: Partial<ServiceField> = {}): ServiceField => ({
  key,
  label: { zh: `字段${key}`, en: `Field ${key}` },
  type,
  required: true,
  minimum: null,
  maximum: null,
  lengthMaximum: null,
  choices: type === 'CHOICE' ? [{ value: 'tcp', label: { zh: 'TCP', en: 'TCP' } }] : [],
  ...more,
});
const content = (fields: readonly ServiceField[], more: Partial<DefinitionContent> = {}): DefinitionContent => ({
  name: { zh: '网络策略', en: 'Network policy' },
  summary: { zh: '开通访问', en: 'Opens access' },
  unit: { zh: '条', en: 'rule' },
  quantityMaximum: 10,
  quotaMeter: null,
  priceMeter: null,
  fulfilment: 'WORK_ORDER',
  fields,
  ...more,
});
const rules = (type: FieldType, value: unknown, more: Partial<ServiceField> = {}) => {
  const checked = validateServiceFields({ fields: [field('x', type, more)] }, { x: value });
  return checked.ok ? checked.value : checked.error.map((refusal) => refusal.rule);
};

describe('validateServiceFields', () => {
  it.each([
    ['TEXT', '  用途 ', {}, { x: '用途' }],
    ['TEXT', 'abcd', { lengthMaximum: 3 }, ['length']],
    ['TEXT', 5, {}, ['text']],
    ['NUMBER', '20', { minimum: 1, maximum: 20 }, { x: 20 }],
    ['NUMBER', 21, { minimum: 1, maximum: 20 }, ['range']],
    ['NUMBER', -1, { minimum: 0 }, ['range']],
    ['NUMBER', '1e3', {}, ['number']],
    ['NUMBER', Number.NaN, {}, ['number']],
    ['CHOICE', 'tcp', {}, { x: 'tcp' }],
    ['CHOICE', 'TCP', {}, ['choice']],
    ['DATE', '2028-02-29', {}, { x: '2028-02-29' }],
    ['DATE', '2027-02-29', {}, ['date']],
    ['IP', '10.1.2.3/24', {}, { x: '10.1.2.3/24' }],
    ['IP', '2001:DB8::/64', {}, { x: '2001:db8::/64' }],
    ['IP', '10.1.2.3/33', {}, ['ip']],
    ['IP', '10.1.2.256', {}, ['ip']],
    ['IP', '10.1.2.3/24/1', {}, ['ip']],
    ['DOMAIN', 'WWW.example.gov.cn', {}, { x: 'www.example.gov.cn' }],
    ['DOMAIN', '*.example.gov.cn', {}, { x: '*.example.gov.cn' }],
    ['DOMAIN', 'localhost', {}, ['domain']],
    ['DOMAIN', 'a..b.cn', {}, ['domain']],
  ] as const)('%s %j', (type, value, more, expected) => expect(rules(type, value, more)).toEqual(expected));

  it.each([undefined, null, '', '   '])('asks for what is required and lets the rest be: %j', (value) => {
    for (const type of FIELD_TYPES) {
      expect(rules(type, value)).toEqual(['required']);
      expect(rules(type, value, { required: false })).toEqual({});
    }
  });

  it('says everything that is wrong at once, at its field and in both languages', () => {
    const checked = validateServiceFields(
      { fields: [field('port', 'NUMBER', { minimum: 1, maximum: 65_535 }), field('source', 'IP')] },
      { port: 0, source: 'here', more: 1 },
    );
    expect(checked.ok ? [] : checked.error).toMatchObject([
      { path: ['values', 'more'], rule: 'unknownField' },
      { path: ['values', 'port'], rule: 'range', message: { zh: '字段port须在 1 至 65535 之间' } },
      { path: ['values', 'source'], rule: 'ip', message: { en: expect.stringContaining('Field source is an IPv4') } },
    ]);
  });

  it('answers for every definition and every value, takes nothing that was not asked, and finds its own answers right', () => {
    const anyField = fc
      .record({ key: fc.constantFrom('a', 'b', 'c'), type: fc.constantFrom(...FIELD_TYPES), required: fc.boolean() })
      .map(({ key, type, required }) => field(key, type, { required, minimum: -5, maximum: 5, lengthMaximum: 4 }));
    const fields = fc.uniqueArray(anyField, { selector: (one) => one.key, maxLength: 3 });
    const value = fc.oneof(
      fc.anything(),
      fc.constantFrom('tcp', '10.0.0.1', 'a.gov.cn', '2026-01-01', '3', 4, 'text', '__proto__'),
    );
    fc.assert(
      fc.property(
        fields,
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'constructor'), value),
        (defined, values) => {
          const checked = validateServiceFields({ fields: defined }, values);
          if (!checked.ok) return checked.error.length > 0;
          const keys = defined.map((one) => one.key);
          const again = validateServiceFields({ fields: defined }, checked.value);
          return (
            Object.keys(checked.value).every((key) => keys.includes(key)) &&
            again.ok &&
            JSON.stringify(again.value) === JSON.stringify(checked.value)
          );
        },
      ),
    );
  });
});

describe('isIP', () => {
  it('agrees with Node on addresses and on what is nearly one', () => {
    const nearly = fc.stringMatching(/^[0-9a-f:.]{1,20}$/);
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), nearly), (text) => isIP(text) === (isIPOfNode(text) !== 0)),
      { numRuns: 2_000 },
    );
  });
});

describe('checkDefinition', () => {
  const wrong = (fields: readonly ServiceField[], more: Partial<DefinitionContent> = {}) =>
    checkDefinition(content(fields, more)).map((refusal) => refusal.path.join('.'));

  it('takes a definition of every type', () =>
    expect(wrong(FIELD_TYPES.map((type, i) => field(`f${i}`, type)))).toEqual([]));

  it('says everything that is wrong at once', () => {
    expect(
      wrong(
        [
          field('Bad key', 'TEXT', { lengthMaximum: 0 }),
          field('b', 'CHOICE', { choices: [] }),
          field('b', 'NUMBER', { minimum: 2, maximum: 1 }),
        ],
        { name: { zh: '名', en: ' ' }, quantityMaximum: 0, priceMeter: 'waf' },
      ),
    ).toEqual([
      'definition.name',
      'definition.quantityMaximum',
      'definition.priceMeter',
      'definition.fields.0.key',
      'definition.fields.0.lengthMaximum',
      'definition.fields.1.choices',
      'definition.fields.2.key',
      'definition.fields.2.minimum',
    ]);
  });
});
