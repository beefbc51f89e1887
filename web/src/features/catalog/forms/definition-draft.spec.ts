import { describe, expect, it } from '@jest/globals';
import type { TFunction } from 'i18next';
import {
  boxesOfChange,
  type DefinitionDraft,
  draftOfDefinition,
  emptyChoice,
  emptyDefinition,
  emptyField,
  inputOfDraft,
  missingIn,
  moved,
} from './definition-draft';

const t = ((key: string) => key) as unknown as TFunction;
const said = { labelZh: '端口', labelEn: 'Port' };
const whole: DefinitionDraft = {
  ...emptyDefinition(),
  code: 'waf',
  nameZh: '网站防护',
  nameEn: 'Web firewall',
  summaryZh: '防护',
  summaryEn: 'Protects',
  unitZh: '个',
  unitEn: 'site',
  priceMeter: 'SERVICE:waf',
  fields: [
    { ...emptyField(), ...said, key: 'port', type: 'NUMBER', minimum: 1, maximum: 65_535 },
    { ...emptyField(), ...said, key: 'mode', type: 'CHOICE', choices: [{ ...emptyChoice(), ...said, value: 'block' }] },
    { ...emptyField(), ...said, key: 'reason', required: false, lengthMaximum: 200 },
  ],
};

describe('inputOfDraft', () => {
  it('gives back what a definition was read from', () => {
    const input = inputOfDraft(whole);
    // The fragment's mark is the type checker's alone.
    const read = { ...input, id: 'x', number: 3 } as unknown as Parameters<typeof draftOfDefinition>[1];
    expect(inputOfDraft(draftOfDefinition('waf', read))).toEqual(input);
    expect(input).not.toHaveProperty('code');
  });

  it('leaves out limits that the chosen type does not have', () => {
    const number = {
      ...(whole.fields[0] as (typeof whole.fields)[number]),
      choices: [emptyChoice()],
      lengthMaximum: 5,
    };
    const [asNumber, asText, asDate] = inputOfDraft({
      ...whole,
      fields: [number, { ...number, type: 'TEXT' }, { ...number, type: 'DATE' }],
    }).fields;
    expect(asNumber).toMatchObject({ minimum: 1, maximum: 65_535, lengthMaximum: null, choices: [] });
    expect(asText).toMatchObject({ minimum: null, maximum: null, lengthMaximum: 5, choices: [] });
    expect(asDate).toMatchObject({ minimum: null, maximum: null, lengthMaximum: null, choices: [] });
  });
});

describe('missingIn', () => {
  const boxes = (draft: DefinitionDraft) => missingIn(draft, t).map((error) => error.field);

  it('finds nothing in a whole one, and every empty box of an empty one, in both languages', () => {
    expect(boxes(whole)).toEqual([]);
    expect(boxes({ ...emptyDefinition(), quantityMaximum: null })).toEqual([
      'code',
      'definition.name',
      'definition.nameEn',
      'definition.summary',
      'definition.summaryEn',
      'definition.unit',
      'definition.unitEn',
      'definition.quantityMaximum',
    ]);
  });

  it('looks into questions and their choices, by number', () => {
    const empty = { ...emptyField(), type: 'CHOICE' as const };
    expect(
      boxes({
        ...whole,
        fields: [
          { ...empty, choices: [] },
          { ...empty, ...said, key: 'k', choices: [emptyChoice()] },
        ],
      }),
    ).toEqual([
      'definition.fields.0.key',
      'definition.fields.0.label',
      'definition.fields.0.labelEn',
      'definition.fields.0.choices',
      'definition.fields.1.choices.0.value',
      'definition.fields.1.choices.0.labelZh',
      'definition.fields.1.choices.0.labelEn',
    ]);
  });
});

describe('boxesOfChange', () => {
  it('forgets what was said of the changed box, and of nothing else', () => {
    const [before] = whole.fields as [DefinitionDraft['fields'][number]];
    const errors = ['label', 'labelEn', 'choices', 'choices.1.value', 'key'].map((part) => ({
      field: `definition.fields.2.${part}`,
      message: '',
    }));
    expect(boxesOfChange(before, { ...before, labelZh: '新' }, 2, errors)).toEqual(['definition.fields.2.label']);
    expect(boxesOfChange(before, { ...before, choices: [emptyChoice()] }, 2, errors)).toEqual([
      'definition.fields.2.choices',
      'definition.fields.2.choices.1.value',
    ]);
    expect(boxesOfChange(before, { ...before, key: 'other' }, 1, errors)).toEqual([]);
  });
});

describe('moved', () => {
  it.each([
    [0, 1, 'bac'],
    [2, -1, 'acb'],
    [0, -1, 'abc'],
    [2, 1, 'abc'],
  ] as const)('moves place %d by %d', (from, by, expected) =>
    expect(moved(['a', 'b', 'c'], from, by).join('')).toBe(expected),
  );
});
