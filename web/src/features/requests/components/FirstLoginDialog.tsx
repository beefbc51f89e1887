import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { Facts } from '../../../ui/Facts';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { RevealFirstLoginMutation } from '../delivery.gql';
import type { DeliveryItem } from './DeliveryItems';

/** Warns before, shows once, forgets when it is closed: what is shown lives in this dialog alone. */
export function FirstLoginDialog({ item, onClose }: { item: DeliveryItem; onClose: () => void }) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(RevealFirstLoginMutation);
  const { errors, refusals, refuse } = useFormErrors();
  const [shown, setShown] = useState<{ username: string; password: string } | null>(null);

  const reveal = async () => {
    const answer = await send({ resourceId: item.resourceId });
    if (!answer.data) return refuse(answer.errors);
    setShown(answer.data.outcome.login);
  };

  return (
    <Dialog title={t('deliverySheet.loginTitle', { name: item.name })} onClose={onClose}>
      <ErrorSummary errors={errors} refusals={refusals} />
      {shown ? (
        <>
          <Facts
            facts={[
              { label: t('deliverySheet.address'), value: <code>{item.addresses.join(', ')}</code> },
              { label: t('deliverySheet.username'), value: <code>{shown.username}</code> },
              {
                label: t('deliverySheet.password'),
                value: <code className="jy-secret">{shown.password}</code>,
                wide: true,
              },
            ]}
          />
          <p className="jy-quiet-text">{t('deliverySheet.shownText')}</p>
        </>
      ) : (
        <p>{t('deliverySheet.revealText')}</p>
      )}
      <div className="jy-dialog-foot">
        <Button type={shown ? 'primary' : 'default'} onClick={onClose}>
          {shown ? t('deliverySheet.taken') : t('common.cancel')}
        </Button>
        {!shown && (
          <Button type="primary" loading={busy} onClick={() => void reveal()}>
            {t('deliverySheet.revealNow')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
