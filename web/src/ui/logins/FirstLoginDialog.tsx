import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../Dialog';
import { Facts } from '../Facts';
import { ErrorSummary } from '../forms/ErrorSummary';
import { useFormErrors } from '../forms/use-form-errors';
import { useOutcome } from '../forms/use-outcome';
import { RevealFirstLoginMutation } from './logins.gql';

/** A machine or server that somebody gets into for the first time. */
type Thing = { resourceId: string; name: string; addresses: readonly string[] };

/** Warns before, shows once, forgets when it is closed: what is shown lives in this dialog alone. */
export function FirstLoginDialog({ item, onClose }: { item: Thing; onClose: () => void }) {
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
              ...(item.addresses.length > 0
                ? [{ label: t('deliverySheet.address'), value: <code>{item.addresses.join(', ')}</code> }]
                : []),
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
