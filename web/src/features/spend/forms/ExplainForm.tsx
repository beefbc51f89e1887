import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DifferenceReason } from '../../../graphql/enums';
import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { plainYuanOfFen, yuanOfFen } from '../../../lib/money';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { ChoiceBox, ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ExplainDifferenceMutation, TakeBackDifferenceMutation } from '../reconciliation.gql';
import { YuanBox } from './amounts';

const reasons: readonly DifferenceReason[] = [
  'IDLE_CAPACITY',
  'PRICE_DIFFERENCE',
  'NOT_YET_METERED',
  'TIMING',
  'OTHER',
];
const NOTE_LONGEST = 300;

type Props = { month: string; centerId: string | null; unexplained: string; onClose: () => void };

/** Why spend is not accounted cost, in the name of whoever says it. */
export function ExplainForm({ month, centerId, unexplained, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(ExplainDifferenceMutation);
  const form = useFormErrors();
  const [reason, setReason] = useState<DifferenceReason>('IDLE_CAPACITY');
  const [yuan, setYuan] = useState(plainYuanOfFen(unexplained));
  const [note, setNote] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const amount = fenOfYuan(yuan);
    if (amount === null || amount === '0')
      return form.refuse([{ field: 'amount', message: t('reconcile.amountWrong') }]);
    const answer = await send({ month, centerId, reason, amount, note });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('reconcile.explainDone'));
    onClose();
  };
  return (
    <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={form.errors} refusals={form.refusals} />
      <p>{t('reconcile.explainText', { amount: yuanOfFen(unexplained) })}</p>
      <ChoiceBox
        field="reason"
        label={t('reconcile.reason')}
        errors={form.errors}
        value={reason}
        options={reasons.map((value) => ({ value, label: t(`reconcile.reasons.${value}`) }))}
        onChange={setReason}
      />
      <YuanBox
        field="amount"
        label={t('spend.amount')}
        errors={form.errors}
        value={yuan}
        onChange={(value) => {
          setYuan(value);
          form.changed('amount');
        }}
      />
      <ReasonBox
        field="note"
        label={t('spend.note')}
        errors={form.errors}
        optional={reason !== 'OTHER'}
        rows={2}
        max={NOTE_LONGEST}
        value={note}
        onChange={(value) => {
          setNote(value);
          form.changed('note');
        }}
      />
      <div className="jy-form-foot">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('reconcile.explain')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}

/** Takes an explanation back by one of the other sign; both stay. */
export function TakeBackForm({
  difference,
  onClose,
}: {
  difference: { id: string; amount: string };
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(TakeBackDifferenceMutation);
  const form = useFormErrors();
  const [note, setNote] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!note.trim()) return form.refuse([{ field: 'note', message: t('entry.reasonMissing') }]);
    const answer = await send({ id: difference.id, note });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('reconcile.takenBack'));
    onClose();
  };
  return (
    <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={form.errors} refusals={form.refusals} />
      <ReasonBox
        field="note"
        label={t('reconcile.takeBackOf', { amount: yuanOfFen(difference.amount) })}
        errors={form.errors}
        rows={2}
        max={NOTE_LONGEST}
        value={note}
        onChange={(value) => {
          setNote(value);
          form.changed('note');
        }}
      />
      <div className="jy-form-foot">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('reconcile.takeBack')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}
