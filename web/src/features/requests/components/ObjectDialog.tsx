import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ObjectToDeliveryMutation } from '../delivery.gql';
import type { DeliverySheet } from './DeliveryPanel';

/** The API's own limit of a reason. */
const REASON_LONGEST = 500;

type Props = { requestId: string; sheet: DeliverySheet; onClose: () => void };

/** One field a resource; those with a reason go back to the center. */
export function ObjectDialog({ requestId, sheet, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(ObjectToDeliveryMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const objections = sheet.items.flatMap(({ resourceId }) => {
      const reason = reasons[resourceId]?.trim() ?? '';
      return reason ? [{ resourceId, reason }] : [];
    });
    if (objections.length === 0) return refuse([{ field: '', message: t('deliverySheet.reasonMissing') }]);
    const answer = await send({ requestId, expectedVersion: sheet.version, objections });
    if (!answer.data) return refuse(answer.errors);
    notice(t('deliverySheet.objected', { code: sheet.code }));
    onClose();
  };

  return (
    <Dialog title={t('deliverySheet.objectTitle', { code: sheet.code })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>{t('deliverySheet.objectText')}</p>
        {sheet.items.map((item) => (
          <Field key={item.resourceId} field={item.resourceId} label={item.name} errors={errors} optional>
            {(control) => (
              <Input.TextArea
                {...control}
                rows={2}
                maxLength={REASON_LONGEST}
                value={reasons[item.resourceId] ?? ''}
                onChange={(event) => {
                  setReasons({ ...reasons, [item.resourceId]: event.target.value });
                  changed('');
                }}
              />
            )}
          </Field>
        ))}
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('deliverySheet.object')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
