import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { yuanOfFen } from '../../../lib/money';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ChoiceBox, ReasonBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { dayAfter, dayBefore, today } from '../components/spend-words';
import { EnterPaymentMutation } from '../spend.gql';
import { DateBox, positiveFen, YuanBox } from './amounts';

const VOUCHER_LONGEST = 60;
const NOTE_LONGEST = 300;

type Props = {
  contract: {
    id: string;
    from: string;
    to: string;
    payable: string;
    advance: { limit: string; available: string };
    instalments: readonly { position: number; dueOn: string }[];
  };
  onClose: () => void;
};

/** 付款: what goes out under which voucher, and the days of service that it is for. */
export function PaymentDialog({ contract, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(EnterPaymentMutation);
  const form = useFormErrors();
  const [facts, setFacts] = useState({
    ...{ amount: '', voucher: '', onDate: today(), note: '', instalment: '' },
    ...{ from: contract.from, last: dayBefore(contract.to) },
  });
  const [advance, setAdvance] = useState(false);
  const put = (field: keyof typeof facts) => (value: string) => {
    setFacts((now) => ({ ...now, [field]: value }));
    form.changed(field === 'last' ? 'to' : field);
  };
  const submit = async () => {
    const { voucher, onDate, note, from, last, instalment } = facts;
    const amount = positiveFen(facts.amount);
    const wrong: FormError[] = [];
    if (amount === null) wrong.push({ field: 'amount', message: t('spend.amountWrong') });
    if (!voucher.trim()) wrong.push({ field: 'voucher', message: t('entry.voucherMissing') });
    if (!onDate) wrong.push({ field: 'onDate', message: t('spend.dateMissing') });
    if (!from) wrong.push({ field: 'from', message: t('spend.dateMissing') });
    if (!last) wrong.push({ field: 'to', message: t('spend.dateMissing') });
    if (amount === null || wrong.length > 0) return form.refuse(wrong);
    const answer = await send({
      ...{ contractId: contract.id, amount, voucher, onDate, note, from, to: dayAfter(last) },
      instalment: instalment ? Number(instalment) : null,
      advance,
    });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('entry.entered'));
    onClose();
  };
  const { errors } = form;
  return (
    <DialogForm
      title={t('entry.pay')}
      submit={t('entry.pay')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {contract.advance.limit !== '0' && (
        <p>
          <Checkbox
            checked={advance}
            onChange={(event) => {
              setAdvance(event.target.checked);
              form.changed('amount');
            }}
          >
            {t('entry.inAdvance')}
          </Checkbox>
        </p>
      )}
      <YuanBox
        field="amount"
        label={t('spend.amount')}
        hint={
          advance
            ? t('entry.advanceable', { amount: yuanOfFen(contract.advance.available) })
            : t('entry.payable', { amount: yuanOfFen(contract.payable.startsWith('-') ? '0' : contract.payable) })
        }
        errors={errors}
        value={facts.amount}
        onChange={put('amount')}
      />
      <TextBox
        field="voucher"
        label={t('entry.voucher')}
        hint={t('entry.voucherHint')}
        errors={errors}
        max={VOUCHER_LONGEST}
        value={facts.voucher}
        onChange={put('voucher')}
      />
      <DateBox field="onDate" label={t('spend.onDate')} errors={errors} value={facts.onDate} onChange={put('onDate')} />
      <DateBox
        field="from"
        label={`${t('entry.services')} · ${t('contract.from')}`}
        errors={errors}
        value={facts.from}
        onChange={put('from')}
      />
      <DateBox
        field="to"
        label={`${t('entry.services')} · ${t('contract.lastDay')}`}
        errors={errors}
        value={facts.last}
        onChange={put('last')}
      />
      {contract.instalments.length > 0 && (
        <ChoiceBox
          field="instalment"
          label={t('entry.instalment')}
          errors={errors}
          optional
          value={facts.instalment}
          options={[
            { value: '', label: t('entry.noInstalment') },
            ...contract.instalments.map(({ position, dueOn }) => ({
              value: String(position),
              label: t('entry.instalmentOf', { at: position, dueOn }),
            })),
          ]}
          onChange={put('instalment')}
        />
      )}
      <ReasonBox
        field="note"
        label={t('spend.note')}
        errors={errors}
        optional
        rows={2}
        max={NOTE_LONGEST}
        value={facts.note}
        onChange={put('note')}
      />
    </DialogForm>
  );
}
