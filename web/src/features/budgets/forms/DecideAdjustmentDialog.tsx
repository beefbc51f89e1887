import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BudgetAdjustmentDecision } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { yuanOfFen } from '../../../lib/money';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { type BudgetAdjustmentRow, DecideAdjustmentMutation } from '../budgets.gql';

type Props = {
  row: ResultOf<typeof BudgetAdjustmentRow>;
  decision: BudgetAdjustmentDecision;
  onClose: () => void;
};

/** Another person's yes or no to an adjustment, or its author's withdrawal. */
export function DecideAdjustmentDialog({ row, decision, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(DecideAdjustmentMutation);
  const form = useFormErrors();
  const [note, setNote] = useState('');
  const submit = async () => {
    const answer = await send({ id: row.id, decision, note: note.trim() });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t(`budget.decided.${decision}`, { name: row.budget.name }));
    onClose();
  };
  return (
    <DialogForm
      title={t(`budget.decisionOf.${decision}`, { name: row.budget.name })}
      submit={t(`budget.decision.${decision}`)}
      danger={decision === 'DECLINE'}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        {t('budget.decisionText', {
          by: row.requestedBy,
          change: `${BigInt(row.change) > 0n ? '+' : ''}${yuanOfFen(row.change)}`,
          reason: row.reason,
        })}
      </p>
      {decision !== 'WITHDRAW' && (
        <TextBox
          field="note"
          label={t('budget.note')}
          errors={form.errors}
          optional={decision === 'APPROVE'}
          max={200}
          value={note}
          onChange={(value) => {
            setNote(value);
            form.changed('note');
          }}
        />
      )}
    </DialogForm>
  );
}
