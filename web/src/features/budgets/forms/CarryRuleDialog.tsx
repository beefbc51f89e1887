import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BudgetCarryAction, FundNature } from '../../../graphql/enums';
import { Choose } from '../../../ui/forms/Choose';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { SetCarryRuleMutation } from '../budget-years.gql';

const actions: readonly BudgetCarryAction[] = ['CARRY', 'COLLECT'];

/** Another rule from this year on; years before it stay as they were. */
export function CarryRuleDialog({
  year,
  fundNature,
  onClose,
}: {
  year: number;
  fundNature: FundNature;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(SetCarryRuleMutation);
  const form = useFormErrors();
  const [action, setAction] = useState<BudgetCarryAction>('CARRY');
  const [reason, setReason] = useState('');
  const submit = async () => {
    const answer = await send({ fromYear: year, fundNature, action, reason: reason.trim() });
    if (!answer.data) return form.refuse(answer.errors);
    onClose();
  };
  return (
    <DialogForm
      title={t('budgetYear.setRuleOf', { year, nature: t(`project.fundNatures.${fundNature}`) })}
      submit={t('budgetYear.setRule')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field field="action" label={t('budgetYear.rule')} errors={form.errors}>
        {(control) => (
          <Choose
            {...control}
            value={action}
            onChange={setAction}
            options={actions.map((value) => ({ value, label: t(`budgetYear.actions.${value}`) }))}
          />
        )}
      </Field>
      <TextBox
        field="reason"
        label={t('budgetYear.basis')}
        errors={form.errors}
        max={200}
        value={reason}
        onChange={(value) => {
          setReason(value);
          form.changed('reason');
        }}
      />
    </DialogForm>
  );
}
