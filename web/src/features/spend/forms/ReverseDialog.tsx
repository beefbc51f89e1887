import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { yuanOfFen } from '../../../lib/money';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { EntryRow } from '../components/entry-columns';
import { today } from '../components/spend-words';
import { ReverseEntryMutation } from '../spend.gql';

const VOUCHER_LONGEST = 60;
const NOTE_LONGEST = 300;

/** 冲销: the same with the other sign, and why. */
export function ReverseDialog({ entry, onClose }: { entry: EntryRow; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(ReverseEntryMutation);
  const form = useFormErrors();
  const [note, setNote] = useState('');
  const [voucher, setVoucher] = useState('');
  const payment = entry.kind === 'PAYMENT';
  const submit = async () => {
    const wrong: FormError[] = [];
    if (!note.trim()) wrong.push({ field: 'note', message: t('entry.reasonMissing') });
    if (payment && !voucher.trim()) wrong.push({ field: 'voucher', message: t('entry.voucherMissing') });
    if (wrong.length > 0) return form.refuse(wrong);
    const answer = await send({ id: entry.id, note, voucher: payment ? voucher : null, onDate: today() });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('entry.entered'));
    onClose();
  };
  return (
    <DialogForm
      title={t('entry.reverseOf', { kind: t(`entry.kinds.${entry.kind}`), amount: yuanOfFen(entry.amount) })}
      submit={t('entry.reverse')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('entry.reverseText', { amount: yuanOfFen((-BigInt(entry.amount)).toString()) })}</p>
      {payment && (
        <TextBox
          field="voucher"
          label={t('entry.voucher')}
          hint={t('entry.voucherHint')}
          errors={form.errors}
          max={VOUCHER_LONGEST}
          value={voucher}
          onChange={(value) => {
            setVoucher(value);
            form.changed('voucher');
          }}
        />
      )}
      <ReasonBox
        field="note"
        label={t('entry.reverseReason')}
        errors={form.errors}
        max={NOTE_LONGEST}
        value={note}
        onChange={(value) => {
          setNote(value);
          form.changed('note');
        }}
      />
    </DialogForm>
  );
}
