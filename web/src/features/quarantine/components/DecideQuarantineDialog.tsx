import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuarantineAction } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { DecideQuarantineMutation } from '../quarantine.gql';
import { isPolicy, type Quarantined } from './quarantine-columns';

/** The API's own limit. */
const REASON_LONGEST = 500;

/** Let be, stopped, or let go again; each with the reason. */
export function DecideQuarantineDialog({
  object,
  action,
  onClose,
}: {
  object: Quarantined;
  action: QuarantineAction;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(DecideQuarantineMutation);
  const submit = async () => {
    const text = reason.trim();
    if (!text) return form.refuse([{ field: 'reason', message: t('quarantine.reasonMissing') }]);
    const { data, errors } = await send({ id: object.id, action, expectedVersion: object.version, reason: text });
    if (!data) return form.refuse(errors);
    notice(t(`quarantine.done.${action}`));
    onClose();
  };
  return (
    <DialogForm
      title={t(`quarantine.ask.${action}`, { name: object.objectName })}
      submit={t(`quarantine.action.${action}`)}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        <code className="jy-code jy-wrap-anywhere">
          {object.objectKind} {object.objectNamespace}/{object.objectName}
        </code>
      </p>
      <p>{t(isPolicy(object.objectKind) ? `quarantine.explainPolicy.${action}` : `quarantine.explain.${action}`)}</p>
      <ReasonBox
        field="reason"
        label={t('quarantine.reasonLabel')}
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
