import { PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { Panel } from '../../../ui/Panel';
import { assessmentResults } from '../components/states';
import { ContactFields } from './ContactFields';
import { newContact, type SystemDraft } from './system-draft';

const levels = [1, 2, 3];
const locals = ['SINGLE', 'DUAL_ACTIVE'] as const;
const remotes = ['NONE', 'DATA', 'APPLICATION'] as const;
const classes = ['GENERAL', 'IMPORTANT', 'CORE'] as const;
const results = Object.keys(assessmentResults) as (keyof typeof assessmentResults)[];

type TextField = {
  [K in keyof SystemDraft]: SystemDraft[K] extends string ? (string extends SystemDraft[K] ? K : never) : never;
}[keyof SystemDraft];
type NumberField = 'availabilityPercent' | 'usersEstimate' | 'concurrencyEstimate';

type Props = {
  start: () => SystemDraft;
  /** The department's choice, where there is one. */
  department?: (errors: readonly FormError[]) => ReactNode;
  busy: boolean;
  submit: string;
  /** What refused it; empty when it is done. */
  onSend: (draft: SystemDraft) => Promise<FormError[]>;
  onCancel: () => void;
};

/** The record of a system. Only code, name, level and DR mode must be known; an inventory begins incomplete. */
export function SystemForm({ start, department, busy, submit, onSend, onCancel }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(start);
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  const change = (patch: Partial<SystemDraft>) => {
    setDraft((now) => ({ ...now, ...patch }));
    changed(...Object.keys(patch));
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = await onSend(draft);
    if (wrong.length > 0) refuse(wrong);
    else accept();
  };

  const text = (field: TextField, more: { type?: string; hint?: string; required?: boolean; max?: number } = {}) => (
    <Field field={field} label={t(`system.field.${field}`)} hint={more.hint} errors={errors} optional={!more.required}>
      {(control) => (
        <Input
          {...control}
          type={more.type ?? 'text'}
          autoComplete="off"
          maxLength={more.max ?? 120}
          value={draft[field]}
          onChange={(event) => change({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  const number = (field: NumberField, suffix?: string) => (
    <Field field={field} label={t(`system.field.${field}`)} errors={errors} optional>
      {(control) => (
        <InputNumber
          {...control}
          className="jy-full"
          min={0}
          suffix={suffix}
          value={draft[field]}
          onChange={(value) => change({ [field]: value })}
        />
      )}
    </Field>
  );
  const result = (field: 'assessmentResult' | 'cryptoResult') => (
    <Field field={field} label={t(`system.field.${field}`)} errors={errors} optional>
      {(control) => (
        <Select
          {...control}
          className="jy-full"
          allowClear
          value={draft[field]}
          onChange={(value) => change({ [field]: value ?? null })}
          options={results.map((value) => ({ value, label: t(`system.assessmentResult.${value}`) }))}
        />
      )}
    </Field>
  );

  return (
    <form className="jy-form jy-form-wide" noValidate onSubmit={(event) => void send(event)}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <Panel title={t('system.facts')}>
        {department?.(errors)}
        <div className="jy-fields-row">
          {text('code', { required: true, max: 40, hint: t('system.codeHint') })}
          {text('name', { required: true })}
        </div>
        <div className="jy-fields-row">
          {text('ownerUsername', { hint: t('system.ownerHint'), max: 60 })}
          {text('vendorCompany')}
        </div>
        <Field field="description" label={t('system.field.description')} errors={errors} optional>
          {(control) => (
            <Input.TextArea
              {...control}
              rows={3}
              maxLength={1000}
              showCount
              value={draft.description}
              onChange={(event) => change({ description: event.target.value })}
            />
          )}
        </Field>
      </Panel>
      <Panel title={t('system.modeAndSize')}>
        <div className="jy-fields-row">
          <Field field="localMode" label={t('system.local')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={draft.localMode}
                onChange={(localMode) => change({ localMode })}
                options={locals.map((value) => ({ value, label: t(`localMode.${value}`) }))}
              />
            )}
          </Field>
          <Field field="remoteMode" label={t('system.remote')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={draft.remoteMode}
                onChange={(remoteMode) => change({ remoteMode })}
                options={remotes.map((value) => ({ value, label: t(`remoteMode.${value}`) }))}
              />
            )}
          </Field>
        </div>
        <div className="jy-fields-row">
          {number('availabilityPercent', '%')}
          {number('usersEstimate')}
          {number('concurrencyEstimate')}
        </div>
      </Panel>
      <Panel title={t('system.assurance')}>
        <div className="jy-fields-row">
          <Field field="protectionLevel" label={t('system.level')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={draft.protectionLevel}
                onChange={(protectionLevel) => change({ protectionLevel })}
                options={levels.map((value) => ({ value, label: t('system.levelText', { level: value }) }))}
              />
            )}
          </Field>
          <Field field="dataClass" label={t('system.dataClass')} errors={errors} optional>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                allowClear
                value={draft.dataClass}
                onChange={(dataClass) => change({ dataClass: dataClass ?? null })}
                options={classes.map((value) => ({ value, label: t(`system.dataClasses.${value}`) }))}
              />
            )}
          </Field>
        </div>
        <div className="jy-fields-row">
          {text('filingNumber', { max: 40 })}
          {text('filingOrgan', { max: 80 })}
          {text('filedOn', { type: 'date' })}
        </div>
        <div className="jy-fields-row">
          {text('assessedOn', { type: 'date' })}
          {result('assessmentResult')}
        </div>
        <div className="jy-fields-row">
          {text('cryptoAssessedOn', { type: 'date' })}
          {result('cryptoResult')}
          {text('cryptoNumber', { max: 60 })}
        </div>
        <div className="jy-checks-row">
          <Checkbox
            checked={draft.criticalInfrastructure}
            onChange={(event) => change({ criticalInfrastructure: event.target.checked })}
          >
            {t('system.critical')}
          </Checkbox>
          <Checkbox checked={draft.sharesData} onChange={(event) => change({ sharesData: event.target.checked })}>
            {t('system.shares')}
          </Checkbox>
        </div>
      </Panel>
      <Panel
        title={t('system.contacts')}
        aside={
          <Button
            icon={<PlusOutlined aria-hidden />}
            onClick={() => change({ contacts: [...draft.contacts, newContact()] })}
          >
            {t('system.addContact')}
          </Button>
        }
      >
        {draft.contacts.length === 0 && <p className="jy-quiet-text">{t('system.noContacts')}</p>}
        {draft.contacts.map((contact, number) => (
          <ContactFields
            key={contact.key}
            contact={contact}
            number={number}
            errors={errors}
            onChange={(next) => {
              setDraft((now) => ({
                ...now,
                contacts: now.contacts.map((other) => (other.key === next.key ? next : other)),
              }));
              changed(...(['name', 'phone', 'role'] as const).map((field) => `contacts.${number}.${field}`));
            }}
            onRemove={() => {
              setDraft((now) => ({ ...now, contacts: now.contacts.filter((other) => other.key !== contact.key) }));
              accept();
            }}
          />
        ))}
      </Panel>
      <div className="jy-form-foot">
        <Button type="primary" htmlType="submit" loading={busy}>
          {submit}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}
