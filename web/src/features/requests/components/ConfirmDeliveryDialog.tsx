import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { count } from '../../../lib/quantity';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ConfirmDeliveryMutation } from '../delivery.gql';
import type { DeliverySheet } from './DeliveryItems';

type Props = { requestId: string; sheet: DeliverySheet; onClose: () => void };

/** Says what is confirmed, and that passwords which nobody took can still be taken. */
export function ConfirmDeliveryDialog({ requestId, sheet, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(ConfirmDeliveryMutation);
  const { errors, refusals, refuse } = useFormErrors();

  const confirm = async () => {
    const answer = await send({ requestId, expectedVersion: sheet.version });
    if (!answer.data) return refuse(answer.errors);
    notice(t('deliverySheet.confirmed', { code: sheet.code }));
    onClose();
  };

  return (
    <Dialog title={t('deliverySheet.confirmTitle', { code: sheet.code })} onClose={onClose}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <p>{t('deliverySheet.confirmText', { items: count(sheet.itemCount), count: sheet.itemCount })}</p>
      <div className="jy-dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="primary" loading={busy} onClick={() => void confirm()}>
          {t('deliverySheet.confirm')}
        </Button>
      </div>
    </Dialog>
  );
}
