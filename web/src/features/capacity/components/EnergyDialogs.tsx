import { InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exactTime } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { RecordEnergyMonthMutation, SetPueTargetMutation } from '../capacity.gql';

type Props = { center: { id: string; name: string }; onClose: () => void };
const HUNDREDTHS = 100;

export function PueTargetDialog({ center, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const year = Number(exactTime(new Date(useNow()).toISOString()).slice(0, 4));
  const [fromYear, setFromYear] = useState<number | null>(year);
  const [target, setTarget] = useState<number | null>(null);
  const { send, busy } = useSend(SetPueTargetMutation, (data) => data.setPueTarget.errors);
  const submit = async () => {
    if (fromYear === null || target === null)
      return form.refuse([{ field: target === null ? 'hundredths' : 'fromYear', message: t('energy.targetHint') }]);
    const refused = await send({ centerId: center.id, fromYear, hundredths: Math.round(target * HUNDREDTHS) });
    if (refused.length > 0) return form.refuse(refused);
    notice(t('energy.saved'));
    onClose();
  };
  return (
    <DialogForm
      title={t('energy.targetTitle', { name: center.name })}
      submit={t('energy.setTarget')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field field="hundredths" label={t('energy.targetValue')} hint={t('energy.targetHint')} errors={form.errors}>
        {(control) => (
          <InputNumber
            {...control}
            className="jy-full"
            min={1}
            max={3}
            step={0.01}
            precision={2}
            value={target}
            onChange={(value) => {
              setTarget(value);
              form.changed('hundredths');
            }}
          />
        )}
      </Field>
      <Field field="fromYear" label={t('energy.fromYear')} errors={form.errors}>
        {(control) => (
          <InputNumber
            {...control}
            className="jy-full"
            precision={0}
            value={fromYear}
            onChange={(value) => {
              setFromYear(value);
              form.changed('fromYear');
            }}
          />
        )}
      </Field>
    </DialogForm>
  );
}

export function MeterMonthDialog({ center, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [month, setMonth] = useState('');
  const [totalKwh, setTotal] = useState<number | null>(null);
  const [itKwh, setIt] = useState<number | null>(null);
  const { send, busy } = useSend(RecordEnergyMonthMutation, (data) => data.recordEnergyMonth.errors);
  const submit = async () => {
    if (totalKwh === null) return form.refuse([{ field: 'totalKwh', message: t('pool.wholeNumber') }]);
    const refused = await send({ centerId: center.id, month, totalKwh, itKwh });
    if (refused.length > 0) return form.refuse(refused);
    notice(t('energy.saved'));
    onClose();
  };
  const kwh = (field: 'totalKwh' | 'itKwh', value: number | null, set: (value: number | null) => void) => (
    <Field field={field} label={t(`energy.${field}`)} errors={form.errors} optional={field === 'itKwh'}>
      {(control) => (
        <InputNumber
          {...control}
          className="jy-full"
          min={0}
          precision={0}
          value={value}
          onChange={(next) => {
            set(next);
            form.changed(field);
          }}
        />
      )}
    </Field>
  );
  return (
    <DialogForm
      title={t('energy.recordTitle', { name: center.name })}
      submit={t('energy.recordMonth')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field field="month" label={t('energy.monthColumn')} hint={t('energy.monthHint')} errors={form.errors}>
        {({ status: _, ...control }) => (
          <input
            {...control}
            className="jy-date-input"
            type="month"
            value={month}
            onChange={(event) => {
              setMonth(event.target.value);
              form.changed('month');
            }}
          />
        )}
      </Field>
      {kwh('totalKwh', totalKwh, setTotal)}
      {kwh('itKwh', itKwh, setIt)}
    </DialogForm>
  );
}
