import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PerformanceGrade } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { EDITION_NOTE_LONGEST } from '../../../ui/editions/EditionDialogs';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { type PerformanceEditionParts, SavePerformanceDraftMutation } from '../rules.gql';

type Edition = ResultOf<typeof PerformanceEditionParts>;
type Rule = Edition['rule'];
type IndicatorRule = Rule['indicators'][number];

/** Whole numbers of a rule, in the order of the form, each with what it is counted in. */
const NUMBERS = [
  ['excellentFrom', 'points'],
  ['goodFrom', 'points'],
  ['fairFrom', 'points'],
  ['leastEvidencePercent', '%'],
  ['appealWorkingDays', 'workingDay'],
  ['excellentQuotaPercent', '%'],
  ['level2Days', 'day'],
  ['level3Days', 'day'],
  ['cryptoDays', 'day'],
  ['selfEvaluationFromMonths', 'month'],
  ['selfEvaluationToMonths', 'month'],
] as const satisfies readonly (readonly [keyof Rule, string])[];

/** The draft as its author changes it; what is still wrong with it keeps it from being put in force only. */
export function RuleForm({ edition }: { edition: Edition }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [note, setNote] = useState(edition.note);
  const [effectiveFrom, setEffectiveFrom] = useState(edition.effectiveFrom);
  const [rule, setRule] = useState<Rule>(edition.rule);
  const { errors, refusals, refuse, accept } = useFormErrors();
  const { send, busy } = useOutcome(SavePerformanceDraftMutation);
  const put = (more: Partial<Rule>) => {
    setRule({ ...rule, ...more });
    accept();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { errors: refused } = await send({
      ...{ id: edition.id, expectedVersion: edition.version, note: note.trim(), effectiveFrom },
      rule: { ...rule, indicators: rule.indicators.map((one) => ({ ...one, bands: [...one.bands] })) },
    });
    if (refused.length > 0) return refuse(refused);
    notice(t('gates.saved'));
  };
  const weights = rule.indicators.reduce((sum, { weight }) => sum + weight, 0);
  return (
    <form className="jy-form jy-form-wide" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <Panel title={t('gates.draft')}>
        <div className="jy-fields-row">
          <Field field="note" label={t('gates.note')} errors={errors}>
            {(control) => (
              <Input
                {...control}
                maxLength={EDITION_NOTE_LONGEST}
                value={note}
                onChange={(e) => setNote(e.target.value)}
              />
            )}
          </Field>
          <Field field="effectiveFrom" label={t('gates.effectiveFrom')} errors={errors}>
            {(control) => (
              <Input
                {...control}
                type="date"
                value={effectiveFrom}
                onChange={(e) => setEffectiveFrom(e.target.value)}
              />
            )}
          </Field>
        </div>
      </Panel>
      <Panel
        title={t('performance.indicators')}
        aside={
          <span className={weights === 100 ? 'jy-quiet-text' : 'jy-tone-bad'}>
            {t('performance.weightsSum', { total: weights })}
          </span>
        }
      >
        {rule.indicators.map((one, at) => (
          <IndicatorFields
            key={one.indicator}
            rule={one}
            path={`rule.indicators.${at}`}
            errors={errors}
            onChange={(next) => put({ indicators: rule.indicators.map((each, index) => (index === at ? next : each)) })}
          />
        ))}
      </Panel>
      <Panel title={t('performance.whatFollows')}>
        <div className="jy-fields-row">
          {NUMBERS.map(([field, unit]) => (
            <Field key={field} field={`rule.${field}`} label={t(`performance.field.${field}`)} errors={errors}>
              {(control) => (
                <InputNumber
                  {...control}
                  precision={0}
                  value={rule[field]}
                  suffix={unit === '%' ? '%' : t(`performance.unit.${unit}`)}
                  onChange={(value) => put({ [field]: value ?? 0 })}
                />
              )}
            </Field>
          ))}
          <Field field="rule.availabilityTarget" label={t('performance.availabilityTarget')} errors={errors}>
            {(control) => (
              <InputNumber
                {...control}
                precision={3}
                value={rule.availabilityTarget / 1_000}
                suffix="%"
                onChange={(value) => put({ availabilityTarget: Math.round((value ?? 0) * 1_000) })}
              />
            )}
          </Field>
        </div>
        <Checkbox checked={rule.poorOpensCases} onChange={(event) => put({ poorOpensCases: event.target.checked })}>
          {t('performance.poorOpensCases')}
        </Checkbox>
      </Panel>
      <div className="jy-form-foot">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('gates.save')}
        </Button>
      </div>
    </form>
  );
}

type IndicatorProps = {
  rule: IndicatorRule;
  path: string;
  errors: readonly FormError[];
  onChange: (rule: IndicatorRule) => void;
};

function IndicatorFields({ rule, path, errors, onChange }: IndicatorProps) {
  const { t } = useTranslation();
  const name = t(`performance.indicator.${rule.indicator}`);
  const caps: (PerformanceGrade | 'NONE')[] = ['NONE', 'GOOD', 'FAIR', 'POOR'];
  const bands = (next: IndicatorRule['bands']) => onChange({ ...rule, bands: next });
  return (
    <details className="jy-gate-edit">
      <summary>
        {name} <span className="jy-quiet-text jy-number">{rule.weight}%</span>
      </summary>
      <p className="jy-quiet-text">{t(`performance.indicatorText.${rule.indicator}`)}</p>
      <div className="jy-fields-row">
        <Field field={`${path}.weight`} label={`${name} ${t('performance.weight')}`} errors={errors}>
          {(control) => (
            <InputNumber
              {...control}
              precision={0}
              suffix="%"
              value={rule.weight}
              onChange={(v) => onChange({ ...rule, weight: v ?? 0 })}
            />
          )}
        </Field>
        <Field field={`${path}.missingMarks`} label={`${name} ${t('performance.missingMarks')}`} errors={errors}>
          {(control) => (
            <InputNumber
              {...control}
              precision={0}
              value={rule.missingMarks}
              onChange={(v) => onChange({ ...rule, missingMarks: v ?? 0 })}
            />
          )}
        </Field>
        <Field field={`${path}.fromLevel`} label={`${name} ${t('performance.fromLevel')}`} errors={errors}>
          {(control) => (
            <Select
              {...control}
              value={rule.fromLevel}
              options={[1, 2, 3].map((level) => ({ value: level, label: t('performance.level', { level }) }))}
              onChange={(fromLevel) => onChange({ ...rule, fromLevel })}
            />
          )}
        </Field>
        <Field field={`${path}.zeroCaps`} label={`${name} ${t('performance.zeroCaps')}`} errors={errors}>
          {(control) => (
            <Select<PerformanceGrade | 'NONE'>
              {...control}
              value={rule.zeroCaps ?? 'NONE'}
              options={caps.map((value) => ({
                value,
                label: value === 'NONE' ? t('performance.noCap') : t(`performance.grade.${value}`),
              }))}
              onChange={(value) => onChange({ ...rule, zeroCaps: value === 'NONE' ? null : value })}
            />
          )}
        </Field>
      </div>
      {rule.bands.map((band, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a band is its place in the order.
        <div className="jy-fields-row" key={at}>
          <Field
            field={`${path}.bands.${at}.bound`}
            label={`${name} ${t(rule.indicator === 'COST' ? 'performance.upTo' : 'performance.fromBound', { number: at + 1 })}`}
            errors={errors}
          >
            {(control) => (
              <InputNumber
                {...control}
                precision={2}
                suffix="%"
                value={band.bound / 100}
                onChange={(v) =>
                  bands(rule.bands.map((one, i) => (i === at ? { ...one, bound: Math.round((v ?? 0) * 100) } : one)))
                }
              />
            )}
          </Field>
          <Field
            field={`${path}.bands.${at}.marks`}
            label={`${name} ${t('performance.bandMarks', { number: at + 1 })}`}
            errors={errors}
          >
            {(control) => (
              <InputNumber
                {...control}
                precision={0}
                value={band.marks}
                onChange={(v) => bands(rule.bands.map((one, i) => (i === at ? { ...one, marks: v ?? 0 } : one)))}
              />
            )}
          </Field>
          <div className="jy-field">
            <Button
              aria-label={`${name} ${t('performance.removeBand', { number: at + 1 })}`}
              onClick={() => bands(rule.bands.filter((_, i) => i !== at))}
            >
              {t('gates.remove')}
            </Button>
          </div>
        </div>
      ))}
      <Button
        onClick={() => bands([...rule.bands, { bound: 0, marks: 1 }])}
      >{`${name} ${t('performance.addBand')}`}</Button>
    </details>
  );
}
