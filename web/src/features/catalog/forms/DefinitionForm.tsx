import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fulfilment, QuotaMeter } from '../../../graphql/enums';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { Panel } from '../../../ui/Panel';
import { quotaMeters } from '../../../ui/quota/quota-units';
import {
  boxesOfChange,
  type DefinitionDraft,
  emptyField,
  FIELDS_MOST,
  fulfilments,
  missingIn,
  moved,
} from './definition-draft';
import { PriceMeterSelect } from './PriceMeterSelect';
import { QuestionFields } from './QuestionFields';
import { ServicePreview } from './ServicePreview';

type Props = {
  start: () => DefinitionDraft;
  /** A service keeps its code. */
  codeFixed: boolean;
  submit: string;
  busy: boolean;
  /** Answers what was refused. */
  onSend: (draft: DefinitionDraft) => Promise<readonly FormError[]>;
  onCancel: () => void;
};

/** What a service is: its words, what is counted and paid, who does it, and what a request for it is asked. */
export function DefinitionForm({ start, codeFixed, submit, busy, onSend, onCancel }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(start);
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  const change = (patch: Partial<DefinitionDraft>, ...fields: string[]) => {
    setDraft((now) => ({ ...now, ...patch }));
    changed(...fields);
  };
  /** Questions come, go or change places: numbers in what was said of them no longer fit. */
  const changeFields = (fields: DefinitionDraft['fields']) => {
    setDraft((now) => ({ ...now, fields }));
    accept();
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const missing = missingIn(draft, t);
    const wrong = missing.length > 0 ? missing : await onSend(draft);
    if (wrong.length > 0) refuse(wrong);
  };
  const said = (part: 'name' | 'summary' | 'unit', most: number) =>
    (['Zh', 'En'] as const).map((language) => {
      const field = `definition.${part}${language === 'Zh' ? '' : 'En'}`;
      return (
        <Field key={language} field={field} label={t(`serviceEditor.${part}${language}`)} errors={errors}>
          {(control) => (
            <Input
              {...control}
              maxLength={most}
              value={draft[`${part}${language}`]}
              onChange={(event) => change({ [`${part}${language}`]: event.target.value }, field)}
            />
          )}
        </Field>
      );
    });

  return (
    <form className="jy-request-form" noValidate onSubmit={(event) => void send(event)}>
      <div className="jy-form">
        <ErrorSummary errors={errors} refusals={refusals} />
        <Panel title={t('serviceEditor.what')}>
          <Field
            field="code"
            label={t('catalog.code')}
            hint={codeFixed ? t('serviceEditor.codeStays') : t('catalog.codeHint')}
            errors={errors}
          >
            {(control) => (
              <Input
                {...control}
                spellCheck={false}
                disabled={codeFixed}
                maxLength={63}
                value={draft.code}
                onChange={(event) => change({ code: event.target.value }, 'code')}
              />
            )}
          </Field>
          <div className="jy-fields-row">{said('name', 60)}</div>
          {said('summary', 300)}
        </Panel>
        <Panel title={t('serviceEditor.counted')}>
          <div className="jy-fields-row">{said('unit', 60)}</div>
          <div className="jy-fields-row">
            <Field field="definition.quantityMaximum" label={t('serviceEditor.quantityMaximum')} errors={errors}>
              {(control) => (
                <InputNumber
                  {...control}
                  className="jy-full"
                  min={1}
                  precision={0}
                  value={draft.quantityMaximum}
                  onChange={(quantityMaximum) => change({ quantityMaximum }, 'definition.quantityMaximum')}
                />
              )}
            </Field>
            <Field field="definition.quotaMeter" label={t('serviceEditor.quotaMeter')} errors={errors}>
              {(control) => (
                <Select
                  {...control}
                  className="jy-full"
                  value={draft.quotaMeter ?? ''}
                  onChange={(meter: QuotaMeter | '') => change({ quotaMeter: meter || null }, 'definition.quotaMeter')}
                  options={[
                    { value: '', label: t('serviceEditor.noQuota') },
                    ...quotaMeters.map((value) => ({ value, label: t(`quota.meter.${value}`) })),
                  ]}
                />
              )}
            </Field>
          </div>
          <Field
            field="definition.priceMeter"
            label={t('serviceEditor.priceMeter')}
            hint={t('serviceEditor.priceMeterHint')}
            errors={errors}
          >
            {(control) => (
              <PriceMeterSelect
                control={control}
                value={draft.priceMeter}
                onChange={(priceMeter) => change({ priceMeter }, 'definition.priceMeter')}
              />
            )}
          </Field>
          <Field
            field="definition.fulfilment"
            label={t('serviceEditor.fulfilment')}
            hint={t(`serviceEditor.fulfilmentHint.${draft.fulfilment}`)}
            errors={errors}
          >
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={draft.fulfilment}
                onChange={(fulfilment: Fulfilment) => change({ fulfilment }, 'definition.fulfilment')}
                options={fulfilments.map((value) => ({ value, label: t(`catalog.fulfilment.${value}`) }))}
              />
            )}
          </Field>
        </Panel>
        <Panel title={t('serviceEditor.questions', { count: draft.fields.length })}>
          {draft.fields.length === 0 && <p className="jy-quiet-text">{t('serviceEditor.noQuestions')}</p>}
          {draft.fields.map((field, number) => (
            <QuestionFields
              key={field.rowKey}
              field={field}
              number={number}
              last={number === draft.fields.length - 1}
              errors={errors}
              onChange={(next) =>
                change(
                  { fields: draft.fields.map((other) => (other === field ? next : other)) },
                  ...boxesOfChange(field, next, number, errors),
                )
              }
              onMove={(by) => changeFields(moved(draft.fields, number, by))}
              onRemove={() => changeFields(draft.fields.filter((other) => other !== field))}
            />
          ))}
          <Button
            icon={<PlusOutlined aria-hidden />}
            disabled={draft.fields.length >= FIELDS_MOST}
            onClick={() => changeFields([...draft.fields, emptyField()])}
          >
            {t('serviceEditor.addQuestion')}
          </Button>
        </Panel>
        <div className="jy-form-foot">
          <Button type="primary" htmlType="submit" loading={busy}>
            {submit}
          </Button>
          <Button onClick={onCancel}>{t('common.cancel')}</Button>
        </div>
      </div>
      <ServicePreview draft={draft} />
    </form>
  );
}
