import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { BudgetLevel, FundNature } from '../../../graphql/enums';
import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { useDebounced } from '../../../lib/use-debounced';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { useViewer } from '../../../ui/viewer-context';
import { BudgetDepartmentsQuery, CreateBudgetMutation } from '../budgets.gql';

const natures: readonly FundNature[] = [
  'GENERAL_BUDGET',
  'GOVERNMENT_FUND',
  'STATE_CAPITAL',
  'SPECIAL_BOND',
  'OWN_FUNDS',
];
const allLevels: readonly BudgetLevel[] = ['PROVINCE', 'CITY', 'COUNTY'];
const empty = { departmentId: '', name: '', amount: '', budgetCode: '', functionClass: '', economicClass: '' };
type TextField = 'name' | 'amount' | 'budgetCode' | 'functionClass' | 'economicClass';

/** A department's whole budget of the year, or an item of it: which of the two is decided by whether there is a whole one. */
export function CreateBudgetDialog({ year, onClose }: { year: number; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(CreateBudgetMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [form, setForm] = useState(empty);
  const [fundNature, setFundNature] = useState<FundNature>('GENERAL_BUDGET');
  const { permissions } = useViewer();
  // A city opens what is of a city's or a county's level.
  const ofProvince = permissions.some((p) => p.object === 'BUDGET' && p.action === 'CREATE' && p.scope === 'PROVINCE');
  const levels = ofProvince ? allLevels : allLevels.filter((level) => level !== 'PROVINCE');
  const [budgetLevel, setBudgetLevel] = useState<BudgetLevel>(ofProvince ? 'PROVINCE' : 'CITY');
  const [search, setSearch] = useState('');
  const [{ data }] = useQuery({
    query: BudgetDepartmentsQuery,
    variables: { search: useDebounced(search, 300) || null, year },
  });
  const whole = data?.budgets.nodes.find((budget) => budget.department.id === form.departmentId);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const amount = fenOfYuan(form.amount);
    const wrong = [
      ...(form.departmentId ? [] : [{ field: 'departmentId', message: t('budget.departmentMissing') }]),
      ...(amount === null || amount.startsWith('-') ? [{ field: 'amount', message: t('budget.amountWrong') }] : []),
    ];
    if (amount === null || wrong.length > 0) return refuse(wrong);
    const { departmentId, name } = form;
    const { budgetCode, functionClass, economicClass } = whole ? form : empty;
    const answer = await send({
      year,
      departmentId,
      parentId: whole?.id ?? null,
      name: name.trim(),
      budgetCode: budgetCode.trim(),
      functionClass: functionClass.trim(),
      economicClass: economicClass.trim(),
      fundNature,
      budgetLevel,
      amount,
    });
    if (!answer.data) return refuse(answer.errors);
    notice(t('budget.created', { name: name.trim() }));
    onClose();
  };
  const text = (field: TextField, label: string, hint?: string, suffix?: string) => (
    <Field field={field} label={label} hint={hint} errors={errors}>
      {(control) => (
        <Input
          {...control}
          suffix={suffix}
          maxLength={160}
          value={form[field]}
          onChange={(event) => {
            setForm((now) => ({ ...now, [field]: event.target.value }));
            changed(field);
          }}
        />
      )}
    </Field>
  );

  return (
    <Dialog title={t('budget.createOf', { year })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <Field
          field="departmentId"
          label={t('request.department')}
          hint={
            form.departmentId ? t(whole ? 'budget.itemOf' : 'budget.wholeOf', { name: whole?.name ?? '' }) : undefined
          }
          errors={errors}
        >
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              showSearch={{ filterOption: false, onSearch: setSearch }}
              value={form.departmentId || undefined}
              options={(data?.departments.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(departmentId: string) => {
                setForm((now) => ({ ...now, departmentId }));
                changed('departmentId');
              }}
            />
          )}
        </Field>
        {text('name', t('budget.name'))}
        {text('amount', t('budget.amount'), undefined, t('budget.yuan'))}
        {whole && (
          <div className="jy-fields-row">
            {text('budgetCode', t('budget.code'))}
            {text('functionClass', t('budget.functionClass'), t('budget.functionHint'))}
            {text('economicClass', t('budget.economicClass'), t('budget.economicHint'))}
          </div>
        )}
        <div className="jy-fields-row">
          <Field field="fundNature" label={t('project.fundNature')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={fundNature}
                onChange={setFundNature}
                options={natures.map((value) => ({ value, label: t(`project.fundNatures.${value}`) }))}
              />
            )}
          </Field>
          <Field field="budgetLevel" label={t('project.budgetLevel')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={budgetLevel}
                onChange={setBudgetLevel}
                options={levels.map((value) => ({ value, label: t(`project.budgetLevels.${value}`) }))}
              />
            )}
          </Field>
        </div>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('budget.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
