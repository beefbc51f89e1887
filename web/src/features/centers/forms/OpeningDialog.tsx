import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { PlanCenterOpeningMutation } from '../centers.gql';

/** As the server keeps it. */
const REASON_LENGTH_MAX = 500;

type Props = {
  center: { id: string; name: string; version: number; opensOn: string | null };
  onClose: () => void;
};

/** When it is to open; what is owed until then is due on that day. */
export function OpeningDialog({ center, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useSend(PlanCenterOpeningMutation, (data) => data.planCenterOpening.errors);
  const [opensOn, setOpensOn] = useState(center.opensOn ?? '');
  const [reason, setReason] = useState('');
  return (
    <DialogForm
      title={t('place.openingTitle', { name: center.name })}
      submit={t('place.openingSave')}
      busy={busy}
      form={form}
      onClose={onClose}
      onSubmit={async () => {
        const { id, version } = center;
        const wish = { id, expectedVersion: version, opensOn: opensOn || null, reason: reason.trim() };
        const refused = await send(wish);
        if (refused.length > 0) return form.refuse(refused);
        notice(t('place.openingSaved'));
        onClose();
      }}
    >
      <p>{t('place.openingText')}</p>
      <Field field="opensOn" label={t('place.opensOn')} hint={t('place.opensOnHint')} errors={form.errors} optional>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={opensOn}
            onChange={(event) => {
              setOpensOn(event.target.value);
              form.changed('opensOn');
            }}
          />
        )}
      </Field>
      <ReasonBox
        field="reason"
        label={t('place.reason')}
        errors={form.errors}
        max={REASON_LENGTH_MAX}
        value={reason}
        onChange={(next) => {
          setReason(next);
          form.changed('reason');
        }}
      />
    </DialogForm>
  );
}
