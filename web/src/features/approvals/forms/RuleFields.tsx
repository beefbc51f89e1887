import { Checkbox, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DepartmentLevel, LocalMode, RemoteMode, RequestLineKind } from '../../../graphql/enums';
import { DepartmentFields } from '../../../ui/departments/DepartmentFields';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import type { ChainDraft, RuleDraft } from './edition-draft';
import { TitleFields } from './TitleFields';

const kinds: readonly RequestLineKind[] = ['VM', 'SERVER', 'CABINET', 'SERVICE'];
const localModes: readonly LocalMode[] = ['SINGLE', 'DUAL_ACTIVE'];
const remoteModes: readonly RemoteMode[] = ['NONE', 'DATA', 'APPLICATION'];
const levels: readonly DepartmentLevel[] = ['PROVINCE', 'CITY', 'BUREAU'];

type Props = {
  path: string;
  rule: RuleDraft;
  chains: readonly ChainDraft[];
  errors: readonly FormError[];
  onChange: (rule: RuleDraft) => void;
};

/** What a rule looks at, and which chain it takes. Nothing filled in = everything. */
export function RuleFields({ path, rule, chains, errors, onChange }: Props) {
  const { t } = useTranslation();
  const put = (patch: Partial<RuleDraft>) => onChange({ ...rule, ...patch });
  const several = <T extends string>(
    field: 'kinds' | 'localModes' | 'remoteModes' | 'departmentLevels',
    label: string,
    values: readonly T[],
    word: (value: T) => string,
  ) => (
    <Field field={`${path}.${field}`} label={label} errors={errors} optional>
      {(control) => (
        <Select
          {...control}
          mode="multiple"
          className="jy-full"
          placeholder={t('chains.any')}
          value={rule[field] as T[]}
          onChange={(chosen: T[]) => put({ [field]: chosen })}
          options={values.map((value) => ({ value, label: word(value) }))}
        />
      )}
    </Field>
  );
  return (
    <>
      <div className="jy-fields-row">
        <TitleFields path={path} value={rule.title} errors={errors} onChange={(title) => put({ title })} />
        <Field field={`${path}.chainKey`} label={t('chains.takes')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={rule.chainKey}
              onChange={(chainKey: string) => put({ chainKey })}
              options={chains.map(({ key, title }) => ({ value: key, label: title.zh || title.en || key }))}
            />
          )}
        </Field>
      </div>
      <div className="jy-fields-row">
        {(['fromYuan', 'belowYuan'] as const).map((field) => (
          <Field
            key={field}
            field={`${path}.${field}`}
            label={t(field === 'fromYuan' ? 'chains.from' : 'chains.below')}
            errors={errors}
            optional
          >
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                placeholder={t('chains.any')}
                value={rule[field]}
                onChange={(event) => put({ [field]: event.target.value })}
              />
            )}
          </Field>
        ))}
        {several('kinds', t('chains.kinds'), kinds, (kind) => t(`chains.kind.${kind}`))}
      </div>
      <div className="jy-fields-row">
        {several('localModes', t('chains.localModes'), localModes, (mode) => t(`localMode.${mode}`))}
        {several('remoteModes', t('chains.remoteModes'), remoteModes, (mode) => t(`remoteMode.${mode}`))}
        {several('departmentLevels', t('chains.levels'), levels, (level) => t(`chains.level.${level}`))}
      </div>
      <DepartmentFields
        ids={rule.departmentIds}
        path={`${path}.departmentIds`}
        errors={errors}
        onChange={(departmentIds) => put({ departmentIds })}
      />
      <div className="jy-chain-checks">
        <Checkbox checked={rule.insidePlan} onChange={(event) => put({ insidePlan: event.target.checked })}>
          {t('chains.insidePlan')} <span className="jy-quiet-text">{t('chains.insidePlanText')}</span>
        </Checkbox>
        <Checkbox checked={rule.exceptPoor} onChange={(event) => put({ exceptPoor: event.target.checked })}>
          {t('chains.exceptPoor')}
        </Checkbox>
      </div>
    </>
  );
}
