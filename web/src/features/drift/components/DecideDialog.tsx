import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { NumberBox, ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { AcceptDriftMutation, PutBackDriftMutation } from '../drift.gql';
import type { Drift, DriftAct } from './drift-columns';

/** The API's own limits. */
const REASON_LONGEST = 500;
const DAYS_MAX = 90;
const A_WEEK = 7;

/** Put back now, or let it be for some days; either way with the reason. */
export function DecideDialog({ drift, act, onClose }: { drift: Drift; act: DriftAct; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const [days, setDays] = useState<number | null>(A_WEEK);
  const putBack = useOutcome(PutBackDriftMutation);
  const accept = useOutcome(AcceptDriftMutation);
  const submit = async () => {
    const text = reason.trim();
    if (!text) return form.refuse([{ field: 'reason', message: t('drift.reasonMissing') }]);
    if (act === 'ACCEPT' && days === null) return form.refuse([{ field: 'days', message: t('drift.daysMissing') }]);
    const input = { id: drift.id, expectedVersion: drift.version, reason: text };
    const { data, errors } =
      act === 'PUT_BACK' ? await putBack.send(input) : await accept.send({ ...input, days: days ?? A_WEEK });
    if (!data) return form.refuse(errors);
    notice(t(`drift.done.${act}`));
    onClose();
  };
  return (
    <DialogForm
      title={t(`drift.ask.${act}`, { name: drift.subjectCode })}
      submit={t(`drift.action.${act}`)}
      busy={putBack.busy || accept.busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        <code className="jy-code jy-wrap-anywhere">{drift.path}</code>
      </p>
      <p>{t(`drift.explain.${act}`)}</p>
      {drift.fieldClass === 'POWER' || drift.fieldClass === 'SIZE' ? <p>{t('drift.restartHint')}</p> : null}
      {act === 'ACCEPT' && (
        <NumberBox
          field="days"
          label={t('drift.days')}
          errors={form.errors}
          min={1}
          max={DAYS_MAX}
          suffix={t('drift.dayUnit')}
          value={days}
          onChange={(next) => {
            setDays(next);
            form.changed('days');
          }}
        />
      )}
      <ReasonBox
        field="reason"
        label={t('drift.reasonLabel')}
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
