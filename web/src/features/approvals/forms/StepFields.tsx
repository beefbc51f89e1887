import { Checkbox, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ApprovalRole } from '../../../graphql/enums';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { ROLES, scopeOf } from '../chain-words';
import type { StepDraft } from './edition-draft';
import { TitleFields } from './TitleFields';

/** The API's own limits. */
const DEADLINE_MOST = 10;
const SIGNERS_MOST = 16;

type Props = { path: string; step: StepDraft; errors: readonly FormError[]; onChange: (step: StepDraft) => void };

/** Who decides a step, how many of them, and until when. */
export function StepFields({ path, step, errors, onChange }: Props) {
  const { t } = useTranslation();
  const put = (patch: Partial<StepDraft>) => onChange({ ...step, ...patch });
  const roleWord = (role: ApprovalRole) => `${t(`role.${role}`)}（${t(`chains.scope.${scopeOf(role)}`)}）`;
  return (
    <>
      <div className="jy-fields-row">
        <TitleFields path={path} value={step.title} errors={errors} onChange={(title) => put({ title })} />
        <Field field={`${path}.roles`} label={t('chains.who')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              mode="multiple"
              className="jy-full"
              value={step.roles}
              onChange={(roles: ApprovalRole[]) => put({ roles })}
              options={ROLES.map((role) => ({ value: role, label: roleWord(role) }))}
            />
          )}
        </Field>
      </div>
      <div className="jy-fields-row">
        <Field field={`${path}.mode`} label={t('chains.mode')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={step.mode}
              onChange={(mode: 'ANY' | 'ALL') => put({ mode, count: mode === 'ANY' ? 1 : Math.max(step.count, 2) })}
              options={(['ANY', 'ALL'] as const).map((mode) => ({ value: mode, label: t(`chains.modes.${mode}`) }))}
            />
          )}
        </Field>
        {step.mode === 'ALL' && (
          <Field field={`${path}.count`} label={t('chains.count')} errors={errors}>
            {(control) => (
              <InputNumber
                {...control}
                className="jy-full"
                min={1}
                max={SIGNERS_MOST}
                precision={0}
                value={step.count}
                onChange={(count) => put({ count: count ?? 1 })}
              />
            )}
          </Field>
        )}
        <Field field={`${path}.deadlineWorkingDays`} label={t('chains.deadline')} errors={errors}>
          {(control) => (
            <InputNumber
              {...control}
              className="jy-full"
              min={1}
              max={DEADLINE_MOST}
              precision={0}
              value={step.deadlineWorkingDays}
              onChange={(days) => put({ deadlineWorkingDays: days ?? 1 })}
            />
          )}
        </Field>
        <Field field={`${path}.escalatesTo`} label={t('chains.escalatesTo')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={step.escalatesTo}
              onChange={(escalatesTo: ApprovalRole) => put({ escalatesTo })}
              options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
            />
          )}
        </Field>
      </div>
      <div className="jy-chain-checks">
        <Checkbox checked={step.holdsCapacity} onChange={(event) => put({ holdsCapacity: event.target.checked })}>
          {t('chains.holds')}
        </Checkbox>
        <Checkbox checked={step.needsFile} onChange={(event) => put({ needsFile: event.target.checked })}>
          {t('chains.needsFile')}
        </Checkbox>
        <Checkbox checked={step.needsSeal} onChange={(event) => put({ needsSeal: event.target.checked })}>
          {t('chains.needsSeal')}
        </Checkbox>
      </div>
    </>
  );
}
