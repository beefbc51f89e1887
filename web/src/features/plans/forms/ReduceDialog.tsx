import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { NumberBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { PlanLine } from '../components/line-columns';
import { ReducePlanLineMutation } from '../plans.gql';

const REASON_LONGEST = 500;

type Props = { plan: { id: string; version: number }; line: PlanLine; onClose: () => void };

/** What the center accepts of one line, and why not all of it. */
export function ReduceDialog({ plan, line, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(ReducePlanLineMutation);
  const [accepted, setAccepted] = useState<number | null>(line.acceptedCount);
  const [reason, setReason] = useState(line.reductionReason ?? '');

  const submit = async () => {
    const answer = await send({
      planId: plan.id,
      expectedVersion: plan.version,
      lineId: line.id,
      acceptedCount: accepted,
      reason,
    });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('plan.reduce.saved', { position: line.position }));
    onClose();
  };

  return (
    <DialogForm
      title={t('plan.reduce.title', { position: line.position })}
      submit={t('plan.reduce.save')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        {line.system.name} · {t(`plan.line.kinds.${line.kind}`)}
      </p>
      <NumberBox
        field="acceptedCount"
        label={t('plan.reduce.count')}
        hint={t('plan.reduce.hint', { count: line.count })}
        errors={form.errors}
        max={line.count}
        value={accepted}
        onChange={(value) => {
          setAccepted(value);
          form.changed('acceptedCount');
        }}
      />
      <TextBox
        field="reason"
        label={t('plan.reduce.reason')}
        errors={form.errors}
        optional={accepted === null}
        max={REASON_LONGEST}
        value={reason}
        onChange={(value) => {
          setReason(value);
          form.changed('reason');
        }}
      />
    </DialogForm>
  );
}
