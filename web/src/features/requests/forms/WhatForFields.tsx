import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Choose } from '../../../ui/forms/Choose';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { localModes, remoteModes } from './PlaceFields';
import { effectiveModes, forSystem, type RequestDraft } from './request-draft';
import { SystemPicker } from './SystemPicker';
import { TermField } from './TermField';
import { PURPOSE_LONGEST } from './validate-draft';

type Props = {
  draft: RequestDraft;
  errors: readonly FormError[];
  /** Where a form that is filled in but for its purpose begins. */
  startAtPurpose: boolean;
  onChange: (patch: Partial<RequestDraft>) => void;
  /** In the place of the choice of DR modes, where each line has its own. */
  modes?: ReactNode;
};

/** What the whole request is for: the system, who pays, how it is kept alive, and why. */
export function WhatForFields({ draft, errors, startAtPurpose, onChange, modes: ownModes }: Props) {
  const { t } = useTranslation();
  const { system } = draft;
  const modes = effectiveModes(draft);
  return (
    <section className="jy-panel" aria-labelledby="request-what-for">
      <h2 id="request-what-for">{t('requestForm.whatFor')}</h2>
      <Field field="systemId" label={t('request.system')} hint={t('requestForm.systemHint')} errors={errors}>
        {(control) => (
          <SystemPicker control={control} value={system} onChoose={(chosen) => onChange(forSystem(chosen))} />
        )}
      </Field>
      <Field field="projectId" label={t('request.project')} hint={t('requestForm.projectHint')} errors={errors}>
        {(control) => (
          <Choose
            {...control}
            className="jy-full"
            disabled={!system}
            placeholder={t('requestForm.projectPlaceholder')}
            notFoundContent={t('requestForm.projectNone')}
            value={draft.projectId}
            onChange={(projectId: string) => onChange({ projectId })}
            options={system?.projects.map((project) => ({
              value: project.id,
              label: `${project.name} · ${t('request.fundingText', { year: project.budgetYear, source: project.fundSource })}`,
            }))}
          />
        )}
      </Field>
      {ownModes ?? (
        <div className="jy-fields-row">
          <ChoiceBox
            field="localMode"
            label={t('requestLine.localMode')}
            hint={system ? t('requestLine.ofSystem', { mode: t(`localMode.${system.localMode}`) }) : undefined}
            errors={errors}
            value={modes.localMode}
            onChange={(mode) => onChange({ localMode: mode === system?.localMode ? null : mode })}
            options={localModes.map((value) => ({ value, label: t(`localMode.${value}`) }))}
          />
          <ChoiceBox
            field="remoteMode"
            label={t('requestLine.remoteMode')}
            hint={system ? t('requestLine.ofSystem', { mode: t(`remoteMode.${system.remoteMode}`) }) : undefined}
            errors={errors}
            value={modes.remoteMode}
            onChange={(mode) => onChange({ remoteMode: mode === system?.remoteMode ? null : mode })}
            options={remoteModes.map((value) => ({ value, label: t(`remoteMode.${value}`) }))}
          />
        </div>
      )}
      <Field field="purpose" label={t('request.purpose')} hint={t('requestForm.purposeHint')} errors={errors}>
        {(control) => (
          <Input.TextArea
            {...control}
            autoFocus={startAtPurpose}
            rows={3}
            maxLength={PURPOSE_LONGEST}
            showCount
            value={draft.purpose}
            onChange={(event) => onChange({ purpose: event.target.value })}
          />
        )}
      </Field>
      <TermField
        value={draft.temporaryUntil}
        errors={errors}
        onChange={(temporaryUntil) => onChange({ temporaryUntil })}
      />
    </section>
  );
}
