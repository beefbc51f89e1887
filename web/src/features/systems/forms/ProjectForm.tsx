import { Button, Input, InputNumber, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DepartmentLevel } from '../../../graphql/enums';
import type { UploadedFile } from '../../../lib/upload-file';
import { FileField } from '../../../ui/files/FileField';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { Panel } from '../../../ui/Panel';
import { useMay } from '../../../ui/viewer-context';
import { contentOfProject, isUsualLevel, type ProjectContent, type ProjectDraft, usualLevels } from './project-draft';

const natures = ['GENERAL_BUDGET', 'GOVERNMENT_FUND', 'STATE_CAPITAL', 'SPECIAL_BOND', 'OWN_FUNDS'] as const;
const fundingModes = ['CENTRAL', 'OWN_PAYS', 'CENTRAL_WITHIN_QUOTA'] as const;
const budgetLevels = ['PROVINCE', 'CITY', 'COUNTY'] as const;

type TextField = Exclude<keyof ProjectDraft, 'budgetYear' | 'fundNature' | 'fundingMode' | 'budgetLevel' | 'targets'>;

type Props = {
  start: () => ProjectDraft;
  /** Of the department whose project it is. */
  level: DepartmentLevel;
  /** The finance office corrects the budget keys; the rest is shown and stays. */
  keysOnly?: boolean;
  department?: (errors: readonly FormError[]) => ReactNode;
  busy: boolean;
  submit: string;
  onSend: (content: ProjectContent, fileIds: string[]) => Promise<FormError[]>;
  onCancel: () => void;
};

/** The record of a project with the keys by which the finance office knows its money. */
export function ProjectForm({ start, level, keysOnly = false, department, busy, submit, onSend, onCancel }: Props) {
  const { t } = useTranslation();
  const keepsBudgets = useMay()('BUDGET', 'EDIT');
  const [draft, setDraft] = useState(start);
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  const change = (patch: Partial<ProjectDraft>) => {
    setDraft((now) => ({ ...now, ...patch }));
    changed(...Object.keys(patch), ...('totalBudget' in patch ? ['totalBudgetFen'] : []));
  };
  // Another department was chosen: its own level, until somebody says otherwise.
  const [levelOf, setLevelOf] = useState(level);
  if (levelOf !== level) {
    setLevelOf(level);
    setDraft((now) => ({ ...now, budgetLevel: usualLevels[level][0] }));
  }
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const content = contentOfProject(draft);
    if (!content) return refuse([{ field: 'totalBudgetFen', message: t('project.totalWrong') }]);
    const wrong = await onSend(
      content,
      files.map((file) => file.id),
    );
    if (wrong.length > 0) refuse(wrong);
    else accept();
  };
  const text = (
    field: TextField,
    more: { type?: string; hint?: string; required?: boolean; max?: number; path?: string; key?: boolean } = {},
  ) => (
    <Field
      field={more.path ?? field}
      label={t(`project.${field}`)}
      hint={more.hint}
      errors={errors}
      optional={!more.required}
    >
      {(control) => (
        <Input
          {...control}
          type={more.type ?? 'text'}
          autoComplete="off"
          disabled={keysOnly && !more.key}
          maxLength={more.max ?? 60}
          value={draft[field]}
          onChange={(event) => change({ [field]: event.target.value })}
        />
      )}
    </Field>
  );

  return (
    <form className="jy-form jy-form-wide" noValidate onSubmit={(event) => void send(event)}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <Panel title={t('project.facts')}>
        {department?.(errors)}
        <div className="jy-fields-row">
          {text('code', { required: true, max: 40, hint: t('system.codeHint') })}
          {text('name', { required: true, max: 160 })}
        </div>
        <div className="jy-fields-row">
          {text('approvalNumber')}
          {text('filingNumber')}
          {text('filedOn', { type: 'date' })}
        </div>
        <div className="jy-fields-row">
          {text('fundSource', { required: true })}
          {text('totalBudget', { path: 'totalBudgetFen', hint: t('project.totalHint'), max: 20 })}
        </div>
        <Field
          field="performanceTargets"
          label={t('project.targets')}
          hint={t('project.targetsHint')}
          errors={errors}
          optional
        >
          {(control) => (
            <Input.TextArea
              {...control}
              rows={4}
              disabled={keysOnly}
              value={draft.targets}
              onChange={(event) => change({ targets: event.target.value })}
            />
          )}
        </Field>
      </Panel>
      <Panel title={t('project.keys')}>
        <div className="jy-fields-row">
          <Field field="budgetYear" label={t('project.budgetYear')} errors={errors}>
            {(control) => (
              <InputNumber
                {...control}
                className="jy-full"
                precision={0}
                value={draft.budgetYear}
                onChange={(budgetYear) => change({ budgetYear })}
              />
            )}
          </Field>
          <Field
            field="fundingMode"
            label={t('project.fundingMode')}
            hint={keepsBudgets ? undefined : t('project.fundingModeHint')}
            errors={errors}
          >
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                disabled={!keepsBudgets}
                value={draft.fundingMode}
                onChange={(fundingMode) => change({ fundingMode })}
                options={fundingModes.map((value) => ({ value, label: t(`project.fundingModes.${value}`) }))}
              />
            )}
          </Field>
          <Field field="budgetLevel" label={t('project.budgetLevel')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={draft.budgetLevel}
                onChange={(budgetLevel) => change({ budgetLevel })}
                options={budgetLevels.map((value) => ({ value, label: t(`project.budgetLevels.${value}`) }))}
              />
            )}
          </Field>
          <Field field="fundNature" label={t('project.fundNature')} errors={errors} optional>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                allowClear
                value={draft.fundNature}
                onChange={(fundNature) => change({ fundNature: fundNature ?? null })}
                options={natures.map((value) => ({ value, label: t(`project.fundNatures.${value}`) }))}
              />
            )}
          </Field>
        </div>
        {(!isUsualLevel(level, draft.budgetLevel) || draft.budgetLevelReason !== '') &&
          text('budgetLevelReason', {
            max: 200,
            key: true,
            required: !isUsualLevel(level, draft.budgetLevel),
            hint: t('project.budgetLevelReasonHint'),
          })}
        <div className="jy-fields-row">
          {text('budgetCode', { max: 30, key: true })}
          {text('functionClass', { max: 7, key: true, hint: t('project.functionHint') })}
          {text('economicClass', { max: 5, key: true, hint: t('project.economicHint') })}
        </div>
      </Panel>
      {!keysOnly && (
        <Panel title={t('project.attachments')}>
          <Field
            field="fileIds"
            label={t('project.addAttachments')}
            hint={t('project.attachmentsHint')}
            errors={errors}
            optional
          >
            {(control) => <FileField control={control} files={files} onChange={setFiles} />}
          </Field>
        </Panel>
      )}
      <div className="jy-form-foot">
        <Button type="primary" htmlType="submit" loading={busy}>
          {submit}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}
