import type { TFunction } from 'i18next';
import type { Fulfilment, QuotaMeter, ServiceFieldType } from '../../../graphql/enums';
import type { ResultOf, VariablesOf } from '../../../graphql/tada';
import { uniqueId } from '../../../lib/unique-id';
import type { FormError } from '../../../ui/forms/form-errors';
import type { AddServiceMutation, DefinitionParts } from '../services.gql';

export type ChoiceDraft = { rowKey: string; value: string; labelZh: string; labelEn: string };
export type FieldDraft = {
  rowKey: string;
  key: string;
  labelZh: string;
  labelEn: string;
  type: ServiceFieldType;
  required: boolean;
  minimum: number | null;
  maximum: number | null;
  lengthMaximum: number | null;
  choices: ChoiceDraft[];
};
export type DefinitionDraft = {
  /** Of the service; only a new one has it to be filled in. */
  code: string;
  nameZh: string;
  nameEn: string;
  summaryZh: string;
  summaryEn: string;
  unitZh: string;
  unitEn: string;
  quantityMaximum: number | null;
  quotaMeter: QuotaMeter | null;
  /** null = free of charge. */
  priceMeter: string | null;
  fulfilment: Fulfilment;
  fields: FieldDraft[];
};
type DefinitionInput = VariablesOf<typeof AddServiceMutation>['input']['definition'];

export const fieldTypes: readonly ServiceFieldType[] = ['TEXT', 'NUMBER', 'CHOICE', 'DATE', 'IP', 'DOMAIN'];
export const fulfilments: readonly Fulfilment[] = ['WORK_ORDER', 'AUTOMATIC'];
/** As the server allows; a form with more questions is two services. */
export const FIELDS_MOST = 30;
export const CHOICES_MOST = 50;

export const emptyDefinition = (): DefinitionDraft => ({
  code: '',
  nameZh: '',
  nameEn: '',
  summaryZh: '',
  summaryEn: '',
  unitZh: '',
  unitEn: '',
  quantityMaximum: 10,
  quotaMeter: null,
  priceMeter: null,
  fulfilment: 'WORK_ORDER',
  fields: [],
});

export const emptyChoice = (): ChoiceDraft => ({ rowKey: uniqueId(), value: '', labelZh: '', labelEn: '' });

export const emptyField = (): FieldDraft => ({
  rowKey: uniqueId(),
  key: '',
  labelZh: '',
  labelEn: '',
  type: 'TEXT',
  required: true,
  minimum: null,
  maximum: null,
  lengthMaximum: null,
  choices: [],
});

export function draftOfDefinition(code: string, definition: ResultOf<typeof DefinitionParts>): DefinitionDraft {
  const { nameZh, nameEn, summaryZh, summaryEn, unitZh, unitEn, quantityMaximum, quotaMeter, priceMeter, fulfilment } =
    definition;
  return {
    code,
    nameZh,
    nameEn,
    summaryZh,
    summaryEn,
    unitZh,
    unitEn,
    quantityMaximum,
    quotaMeter,
    priceMeter,
    fulfilment,
    fields: definition.fields.map(
      ({ key, labelZh, labelEn, type, required, minimum, maximum, lengthMaximum, choices }) => ({
        rowKey: uniqueId(),
        key,
        labelZh,
        labelEn,
        type,
        required,
        minimum,
        maximum,
        lengthMaximum,
        choices: choices.map((choice) => ({
          rowKey: uniqueId(),
          value: choice.value,
          labelZh: choice.labelZh,
          labelEn: choice.labelEn,
        })),
      }),
    ),
  };
}

/** What the draft says; limits that its type does not have are left out, so that a changed mind leaves nothing behind. */
export function inputOfDraft({ code: _, fields, quantityMaximum, ...draft }: DefinitionDraft): DefinitionInput {
  return {
    ...draft,
    nameZh: draft.nameZh.trim(),
    nameEn: draft.nameEn.trim(),
    summaryZh: draft.summaryZh.trim(),
    summaryEn: draft.summaryEn.trim(),
    unitZh: draft.unitZh.trim(),
    unitEn: draft.unitEn.trim(),
    quantityMaximum: quantityMaximum ?? 0,
    fields: fields.map(({ type, key, labelZh, labelEn, required, ...limits }) => ({
      type,
      key: key.trim(),
      labelZh: labelZh.trim(),
      labelEn: labelEn.trim(),
      required,
      minimum: type === 'NUMBER' ? limits.minimum : null,
      maximum: type === 'NUMBER' ? limits.maximum : null,
      lengthMaximum: type === 'TEXT' ? limits.lengthMaximum : null,
      choices:
        type === 'CHOICE'
          ? limits.choices.map((choice) => ({
              value: choice.value.trim(),
              labelZh: choice.labelZh.trim(),
              labelEn: choice.labelEn.trim(),
            }))
          : [],
    })),
  };
}

/** What is left open, each at its own box; whether the rest is right says the server. */
export function missingIn(draft: DefinitionDraft, t: TFunction): FormError[] {
  const missing: FormError[] = [];
  const need = (value: string | number | null, field: string, name: string) => {
    if (value === null || String(value).trim() === '')
      missing.push({ field, message: t('serviceEditor.missing', { name }) });
  };
  need(draft.code, 'code', t('catalog.code'));
  for (const part of ['name', 'summary', 'unit'] as const) {
    need(draft[`${part}Zh`], `definition.${part}`, t(`serviceEditor.${part}Zh`));
    need(draft[`${part}En`], `definition.${part}En`, t(`serviceEditor.${part}En`));
  }
  need(draft.quantityMaximum, 'definition.quantityMaximum', t('serviceEditor.quantityMaximum'));
  for (const [index, field] of draft.fields.entries()) {
    const at = `definition.fields.${index}`;
    const question = t('serviceEditor.question', { number: index + 1 });
    const of = (name: string) => t('serviceEditor.partOf', { question, name });
    need(field.key, `${at}.key`, of(t('serviceEditor.key')));
    need(field.labelZh, `${at}.label`, of(t('serviceEditor.labelZh')));
    need(field.labelEn, `${at}.labelEn`, of(t('serviceEditor.labelEn')));
    if (field.type !== 'CHOICE') continue;
    if (field.choices.length === 0)
      missing.push({ field: `${at}.choices`, message: t('serviceEditor.noChoices', { question }) });
    for (const [place, choice] of field.choices.entries())
      for (const part of ['value', 'labelZh', 'labelEn'] as const)
        need(
          choice[part],
          `${at}.choices.${place}.${part}`,
          of(t(`serviceEditor.choice.${part}`, { number: place + 1 })),
        );
  }
  return missing;
}

/** The boxes of a question that a change of it touches, as far as something was said of them. */
export function boxesOfChange(
  before: FieldDraft,
  next: FieldDraft,
  number: number,
  errors: readonly FormError[],
): string[] {
  const parts = (Object.keys(next) as (keyof FieldDraft)[]).filter((part) => before[part] !== next[part]);
  const boxes = parts.map((part) => `definition.fields.${number}.${part === 'labelZh' ? 'label' : part}`);
  return errors
    .map((error) => error.field)
    .filter((field) => boxes.some((box) => field === box || field.startsWith(`${box}.`)));
}

/** The list with one of it moved by a place; at an end it stays. */
export function moved<T>(list: readonly T[], from: number, by: 1 | -1): T[] {
  const to = from + by;
  if (to < 0 || to >= list.length) return [...list];
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
