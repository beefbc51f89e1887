import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceFieldType } from '../../../graphql/enums';
import { Field } from '../../../ui/forms/Field';
import { type FormError, fieldId } from '../../../ui/forms/form-errors';
import { ChoiceRows } from './ChoiceRows';
import { type FieldDraft, fieldTypes } from './definition-draft';

type Props = {
  field: FieldDraft;
  number: number;
  last: boolean;
  errors: readonly FormError[];
  onChange: (field: FieldDraft) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
};

/** One question that a request for the service is asked. */
export function QuestionFields({ field, number, last, errors, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  const at = (part: string) => `definition.fields.${number}.${part}`;
  const text = (part: 'key' | 'labelZh' | 'labelEn', name: string, hint?: string) => (
    <Field field={at(part === 'labelZh' ? 'label' : part)} label={name} hint={hint} errors={errors}>
      {(control) => (
        <Input
          {...control}
          spellCheck={part !== 'key'}
          maxLength={part === 'key' ? 40 : 60}
          value={field[part]}
          onChange={(event) => onChange({ ...field, [part]: event.target.value })}
        />
      )}
    </Field>
  );
  const amount = (part: 'minimum' | 'maximum' | 'lengthMaximum', name: string) => (
    <Field field={at(part)} label={name} errors={errors} optional>
      {(control) => (
        <InputNumber
          {...control}
          className="jy-full"
          value={field[part]}
          precision={part === 'lengthMaximum' ? 0 : undefined}
          onChange={(value) => onChange({ ...field, [part]: value })}
        />
      )}
    </Field>
  );
  const tool = (name: string, icon: ReactNode, disabled: boolean, press: () => void) => (
    <Button type="text" icon={icon} aria-label={name} title={name} disabled={disabled} onClick={press} />
  );
  return (
    <fieldset className="jy-line-fields" id={fieldId(`definition.fields.${number}`)} tabIndex={-1}>
      <legend>{t('serviceEditor.question', { number: number + 1 })}</legend>
      <div className="jy-line-tools">
        {tool(t('serviceEditor.moveUp', { number: number + 1 }), <ArrowUpOutlined aria-hidden />, number === 0, () =>
          onMove(-1),
        )}
        {tool(t('serviceEditor.moveDown', { number: number + 1 }), <ArrowDownOutlined aria-hidden />, last, () =>
          onMove(1),
        )}
        {tool(
          t('serviceEditor.removeQuestion', { number: number + 1 }),
          <DeleteOutlined aria-hidden />,
          false,
          onRemove,
        )}
      </div>
      <div className="jy-fields-row">
        {text('labelZh', t('serviceEditor.labelZh'))}
        {text('labelEn', t('serviceEditor.labelEn'))}
      </div>
      <div className="jy-fields-row">
        {text('key', t('serviceEditor.key'), t('serviceEditor.keyHint'))}
        <Field
          field={at('type')}
          label={t('catalog.fieldType')}
          hint={t(`serviceEditor.typeHint.${field.type}`)}
          errors={errors}
        >
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={field.type}
              onChange={(type: ServiceFieldType) => onChange({ ...field, type })}
              options={fieldTypes.map((value) => ({ value, label: t(`catalog.fieldTypes.${value}`) }))}
            />
          )}
        </Field>
      </div>
      {field.type === 'NUMBER' && (
        <div className="jy-fields-row">
          {amount('minimum', t('serviceEditor.minimum'))}
          {amount('maximum', t('serviceEditor.maximum'))}
        </div>
      )}
      {field.type === 'TEXT' && amount('lengthMaximum', t('serviceEditor.lengthMaximum'))}
      {field.type === 'CHOICE' && (
        <ChoiceRows
          at={at('choices')}
          choices={field.choices}
          errors={errors}
          onChange={(choices) => onChange({ ...field, choices })}
        />
      )}
      <Checkbox checked={field.required} onChange={(event) => onChange({ ...field, required: event.target.checked })}>
        {t('serviceEditor.required')}
      </Checkbox>
    </fieldset>
  );
}
