import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { yuanOfFen } from '../../../lib/money';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { RequestAdjustmentMutation } from '../budgets.gql';

type Props = {
  budget: { id: string; name: string; figures: { amount: string; available: string } };
  onClose: () => void;
};

/** Asks for more of a budget, or for less, with the reason that stands in the ledger for good; another person approves. */
export function AdjustBudgetDialog({ budget, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(RequestAdjustmentMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [yuan, setYuan] = useState('');
  const [reason, setReason] = useState('');
  const change = fenOfYuan(yuan);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong: FormError[] = [];
    if (change === null || change === '0') wrong.push({ field: 'change', message: t('budget.changeWrong') });
    if (!reason.trim()) wrong.push({ field: 'reason', message: t('budget.reasonMissing') });
    if (change === null || wrong.length > 0) return refuse(wrong);
    const answer = await send({ id: budget.id, change, reason: reason.trim() });
    if (!answer.data) return refuse(answer.errors);
    notice(t('budget.adjusted', { name: budget.name }));
    onClose();
  };

  return (
    <Dialog title={t('budget.adjustOf', { name: budget.name })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>
          {t('budget.adjustText', {
            amount: yuanOfFen(budget.figures.amount),
            available: yuanOfFen(budget.figures.available),
          })}
        </p>
        <Field
          field="change"
          label={t('budget.change')}
          hint={
            change === null
              ? t('budget.changeHint')
              : t('budget.becomes', { amount: yuanOfFen((BigInt(budget.figures.amount) + BigInt(change)).toString()) })
          }
          errors={errors}
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              inputMode="decimal"
              suffix={t('budget.yuan')}
              value={yuan}
              onChange={(event) => {
                setYuan(event.target.value);
                changed('change');
              }}
            />
          )}
        </Field>
        <Field field="reason" label={t('budget.reason')} hint={t('budget.reasonHint')} errors={errors}>
          {(control) => (
            <Input.TextArea
              {...control}
              rows={2}
              maxLength={200}
              showCount
              value={reason}
              onChange={(event) => {
                setReason(event.target.value);
                changed('reason');
              }}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('budget.askAdjust')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
