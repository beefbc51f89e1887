import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { GateCheck, LinkTarget } from '../../../graphql/enums';
import { DepartmentFields } from '../../../ui/departments/DepartmentFields';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { type Condition, checkWords, type Meaning, meaningOf, type Rule } from '../gate-words';

const KEY_LONGEST = 40;
const TITLE_LONGEST = 60;
const TEXT_LONGEST = 200;
const severities = ['REFUSE', 'WARN'] as const;
const targets: readonly LinkTarget[] = [
  'SYSTEM_DECLARATION',
  'SYSTEM_RELIABILITY',
  'SYSTEM_RECORD',
  'SYSTEM_PAGE',
  'PROJECT_RECORD',
  'REQUEST_FORM',
  'GATES',
  'EVALUATION',
];
/** The parts of a condition that are chosen from a list. */
const choices = {
  kinds: ['VM', 'SERVER', 'CABINET', 'SERVICE'],
  zones: ['GOVERNMENT_EXTRANET', 'INTERNET'],
  protectionLevels: [1, 2, 3],
  localModes: ['SINGLE', 'DUAL_ACTIVE'],
  remoteModes: ['NONE', 'DATA', 'APPLICATION'],
  departmentLevels: ['PROVINCE', 'CITY', 'BUREAU'],
} as const;
type Part = keyof typeof choices;

type Props = {
  path: string;
  rule: Rule;
  meanings: readonly Meaning[];
  errors: readonly FormError[];
  onChange: (rule: Rule) => void;
};

/** What a rule looks at, for which requests, and what is said when it fails. */
export function GateRuleFields({ path, rule, meanings, errors, onChange }: Props) {
  const { t } = useTranslation();
  const put = (patch: Partial<Rule>) => onChange({ ...rule, ...patch });
  const meaning = meaningOf(rule.check, meanings);
  const text = (field: 'title' | 'text', language: 'zh' | 'en', longest: number) => (
    <Field
      key={language}
      field={`${path}.${field}.${language}`}
      label={`${t(field === 'title' ? 'gates.name' : 'gates.text')} · ${t(`gates.${language}`)}`}
      errors={errors}
    >
      {(control) => (
        <Input
          {...control}
          maxLength={longest}
          value={rule[field][language]}
          onChange={(event) => put({ [field]: { ...rule[field], [language]: event.target.value } })}
        />
      )}
    </Field>
  );
  const several = <P extends Part>(part: P, label: string, word: (value: (typeof choices)[P][number]) => string) => (
    <Field key={part} field={`${path}.condition.${part}`} label={label} errors={errors} optional>
      {(control) => (
        <Select
          {...control}
          mode="multiple"
          className="jy-full"
          placeholder={t('gates.any')}
          value={(rule.condition[part] ?? []) as (string | number)[]}
          onChange={(chosen: (string | number)[]) =>
            put({ condition: { ...rule.condition, [part]: chosen.length > 0 ? chosen : null } as Condition })
          }
          options={(choices[part] as readonly (typeof choices)[P][number][]).map((value) => ({
            value,
            label: word(value),
          }))}
        />
      )}
    </Field>
  );
  const chooseCheck = (check: GateCheck) =>
    put({ check, parameter: meaningOf(check, meanings)?.unit ? (rule.parameter ?? null) : null });
  return (
    <>
      <div className="jy-fields-row">
        {(['zh', 'en'] as const).map((language) => text('title', language, TITLE_LONGEST))}
      </div>
      <div className="jy-fields-row">
        {(['zh', 'en'] as const).map((language) => text('text', language, TEXT_LONGEST))}
      </div>
      <div className="jy-fields-row">
        <Field field={`${path}.check`} label={t('gates.check')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={rule.check}
              onChange={chooseCheck}
              options={meanings.map(({ check }) => ({
                value: check,
                label: checkWords(t, { check, parameter: check === rule.check ? rule.parameter : null }),
              }))}
            />
          )}
        </Field>
        {meaning?.unit && (
          <Field
            field={`${path}.parameter`}
            label={t('gates.parameterOf', {
              unit: t(`gates.units.${meaning.unit}`),
              min: meaning.min ?? '',
              max: meaning.max ?? '',
            })}
            errors={errors}
          >
            {(control) => (
              <InputNumber
                {...control}
                className="jy-full"
                precision={0}
                value={rule.parameter}
                onChange={(parameter) => put({ parameter })}
              />
            )}
          </Field>
        )}
      </div>
      <div className="jy-fields-row">
        <Field field={`${path}.severity`} label={t('gates.severity')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={rule.severity}
              onChange={(severity) => put({ severity })}
              options={severities.map((value) => ({ value, label: t(`gates.severities.${value}`) }))}
            />
          )}
        </Field>
        <Field field={`${path}.linkTo`} label={t('gates.linkTo')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={rule.linkTo}
              onChange={(linkTo) => put({ linkTo })}
              options={targets.map((value) => ({ value, label: t(`gates.remedy.${value}`) }))}
            />
          )}
        </Field>
        <Field field={`${path}.key`} label={t('gates.ruleKey')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              maxLength={KEY_LONGEST}
              value={rule.key}
              onChange={(event) => put({ key: event.target.value })}
            />
          )}
        </Field>
      </div>
      <div className="jy-fields-row">
        {several('kinds', t('gates.kinds'), (kind) => t(`chains.kind.${kind}`))}
        {several('zones', t('gates.zones'), (zone) => t(`zone.${zone}`))}
        {several('protectionLevels', t('gates.levels'), (level) => t('gates.levelText', { level }))}
      </div>
      <div className="jy-fields-row">
        {several('localModes', t('gates.localModes'), (mode) => t(`localMode.${mode}`))}
        {several('remoteModes', t('gates.remoteModes'), (mode) => t(`remoteMode.${mode}`))}
        {several('departmentLevels', t('gates.departmentLevels'), (level) => t(`chains.level.${level}`))}
      </div>
      <DepartmentFields
        ids={rule.condition.departmentIds ?? []}
        path={`${path}.condition.departmentIds`}
        errors={errors}
        onChange={(departmentIds) => put({ condition: { ...rule.condition, departmentIds } })}
      />
    </>
  );
}
