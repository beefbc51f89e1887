import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SharedBasis, SharedMethod } from '../../../graphql/enums';
import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { Pool } from '../components/shared-columns';
import { AddSharedPoolVersionMutation } from '../shared-costs.gql';

const methods: readonly SharedMethod[] = ['FIXED', 'PUE'];
const bases: readonly SharedBasis[] = ['AMOUNT', 'METER'];
type Props = { pool: Pool; meters: readonly { meter: string; name: string }[]; onDone: () => void };

/** How much, and by what it is spread, from a month on that is open. */
export function AddSharedVersionForm({ pool, meters, onDone }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(AddSharedPoolVersionMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [method, setMethod] = useState<SharedMethod>(pool.kind === 'POWER_OVERHEAD' ? 'PUE' : 'FIXED');
  const [basis, setBasis] = useState<SharedBasis>('AMOUNT');
  const [meter, setMeter] = useState<string | null>(null);
  const [form, setForm] = useState({ fromMonth: '', amount: '', reason: '' });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const monthlyAmount = method === 'FIXED' ? fenOfYuan(form.amount) : null;
    if (method === 'FIXED' && monthlyAmount === null)
      return refuse([{ field: 'monthlyAmount', message: t('sharedCost.amountWrong') }]);
    const answer = await send({
      poolId: pool.id,
      fromMonth: form.fromMonth,
      method,
      monthlyAmount,
      pricePerKwh: method === 'PUE' ? form.amount.trim() : null,
      basis,
      meter: basis === 'METER' ? meter : null,
      reason: form.reason.trim(),
    });
    if (!answer.data) return refuse(answer.errors);
    notice(t('sharedCost.added', { name: pool.name, from: form.fromMonth }));
    onDone();
  };
  const text = (
    key: keyof typeof form,
    field: string,
    label: string,
    more: { type?: string; suffix?: string; hint?: string } = {},
  ) => (
    <Field field={field} label={label} hint={more.hint} errors={errors}>
      {(control) => (
        <Input
          {...control}
          type={more.type ?? 'text'}
          inputMode={key === 'amount' ? 'decimal' : undefined}
          suffix={more.suffix}
          maxLength={200}
          value={form[key]}
          onChange={(event) => {
            setForm((now) => ({ ...now, [key]: event.target.value }));
            changed(field);
          }}
        />
      )}
    </Field>
  );

  return (
    <form
      className="jy-form"
      noValidate
      aria-label={t('sharedCost.addVersion')}
      onSubmit={(event) => void submit(event)}
    >
      <ErrorSummary errors={errors} refusals={refusals} />
      <div className="jy-fields-row">
        <Field field="method" label={t('sharedCost.method')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={method}
              onChange={setMethod}
              options={methods.map((value) => ({ value, label: t(`sharedCost.methods.${value}`) }))}
            />
          )}
        </Field>
        {method === 'FIXED'
          ? text('amount', 'monthlyAmount', t('sharedCost.monthly'), { suffix: t('sharedCost.yuanMonth') })
          : text('amount', 'pricePerKwh', t('sharedCost.kwhPrice'), { suffix: t('sharedCost.yuanKwh') })}
      </div>
      <p className="jy-hint">{t(`sharedCost.methodHints.${method}`)}</p>
      <div className="jy-fields-row">
        <Field field="basis" label={t('sharedCost.basis')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={basis}
              onChange={setBasis}
              options={bases.map((value) => ({ value, label: t(`sharedCost.bases.${value}`) }))}
            />
          )}
        </Field>
        {basis === 'METER' && (
          <Field field="meter" label={t('sharedCost.meter')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                showSearch={{ optionFilterProp: 'label' }}
                value={meter}
                onChange={(chosen) => {
                  setMeter(chosen);
                  changed('meter');
                }}
                options={meters.map(({ meter: value, name }) => ({ value, label: name }))}
              />
            )}
          </Field>
        )}
      </div>
      {text('fromMonth', 'fromMonth', t('sharedCost.fromMonth'), { type: 'month', hint: t('sharedCost.fromHint') })}
      {text('reason', 'reason', t('price.reason'), { hint: t('price.reasonHint') })}
      <div className="jy-dialog-foot">
        <Button onClick={onDone}>{t('common.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('sharedCost.addVersion')}
        </Button>
      </div>
    </form>
  );
}
