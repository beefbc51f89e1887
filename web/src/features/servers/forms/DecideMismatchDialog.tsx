import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { type Mismatch, nameOf } from '../components/host-mismatch-columns';
import { DecideHostMismatchesMutation } from '../hosts.gql';

/** The API's own limit. */
const REASON_LONGEST = 300;

type Props = { rows: readonly Mismatch[]; action: 'IGNORE' | 'WATCH'; onClose: () => void; onDone: () => void };

/** Let be with a reason, one or many, or watched again. */
export function DecideMismatchDialog({ rows, action, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  // The list behind renews itself meanwhile; what was chosen stays to be read.
  const [chosen] = useState(rows);
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(DecideHostMismatchesMutation);
  const [first] = chosen;
  const title =
    chosen.length === 1 && first
      ? t(`hostMismatch.ask.${action}`, { name: nameOf(first) })
      : t('hostMismatch.letManyBe', { total: chosen.length });
  const submit = async () => {
    const text = reason.trim();
    if (!text) return form.refuse([{ field: 'reason', message: t('hostMismatch.reasonMissing') }]);
    const items = chosen.map(({ id, version }) => ({ id, expectedVersion: version }));
    const { data, errors } = await send({ items, action, reason: text });
    if (!data) return form.refuse(errors);
    notice(t(`hostMismatch.done.${action}`));
    onDone();
  };
  return (
    <DialogForm
      title={title}
      submit={t(`hostMismatch.action.${action}`)}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {chosen.length > 1 && <p className="jy-code jy-wrap-anywhere">{chosen.map(nameOf).join(', ')}</p>}
      <p>{t(`hostMismatch.explain.${action}`)}</p>
      <ReasonBox
        field="reason"
        label={t('hostMismatch.reasonLabel')}
        errors={form.errors}
        autoFocus
        showCount
        max={REASON_LONGEST}
        value={reason}
        onChange={(next) => {
          setReason(next);
          form.changed('reason');
        }}
      />
    </DialogForm>
  );
}
