import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { NumberBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { SetThresholdsMutation } from '../budget-years.gql';

type Rule = { warnPercents: readonly number[]; blockPercent: number | null };

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Another rule of thresholds from a day on. */
export function ThresholdsDialog({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(SetThresholdsMutation);
  const form = useFormErrors();
  const [from, setFrom] = useState(today);
  const [warn, setWarn] = useState(rule.warnPercents.join(', '));
  const [block, setBlock] = useState(rule.blockPercent);
  const [reason, setReason] = useState('');
  const submit = async () => {
    const warnPercents = warn
      .split(/[,，、\s]+/)
      .filter(Boolean)
      .map(Number);
    if (warnPercents.some((percent) => !Number.isInteger(percent)))
      return form.refuse([{ field: 'warnPercents', message: t('budgetYear.warnWrong') }]);
    const answer = await send({ from, warnPercents, blockPercent: block, reason: reason.trim() });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('budgetYear.thresholdsSet', { from }));
    onClose();
  };
  const box = (
    field: string,
    label: string,
    value: string,
    max: number,
    set: (value: string) => void,
    hint?: string,
  ) => (
    <TextBox
      field={field}
      label={label}
      hint={hint}
      errors={form.errors}
      max={max}
      value={value}
      onChange={(next) => {
        set(next);
        form.changed(field);
      }}
    />
  );
  return (
    <DialogForm
      title={t('budgetYear.setThresholds')}
      submit={t('budgetYear.setThresholds')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {box('from', t('budgetYear.from'), from, 10, setFrom, t('budgetYear.fromHint'))}
      {box('warnPercents', t('budgetYear.warnAt'), warn, 40, setWarn, t('budgetYear.warnHint'))}
      <NumberBox
        field="blockPercent"
        label={t('budgetYear.blockAt')}
        hint={t('budgetYear.blockHint')}
        errors={form.errors}
        optional
        min={1}
        max={100}
        suffix="%"
        value={block}
        onChange={(value) => {
          setBlock(value);
          form.changed('blockPercent');
        }}
      />
      {box('reason', t('budgetYear.basis'), reason, 200, setReason)}
    </DialogForm>
  );
}
