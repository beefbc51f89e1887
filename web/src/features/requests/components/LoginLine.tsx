import { KeyOutlined, RedoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Time } from '../../../ui/Time';
import type { DeliveryItem } from './DeliveryItems';

type Login = NonNullable<DeliveryItem['login']>;
type Props = { login: Login; onReveal: () => void; onReset: () => void };

/** Whether the way into a machine was handed over, and how far another one is where the first was lost. */
export function LoginLine({ login, onReveal, onReset }: Props) {
  const { t } = useTranslation();
  const { reset, state } = login;
  const again = reset ? 'again' : 'login';
  return (
    <div className="jy-scan-head">
      <span className="jy-quiet-text">
        {state === 'RESETTING' ? (
          <>
            {t('deliverySheet.resetting')} {reset?.stageText}
          </>
        ) : (
          t(`deliverySheet.${again}.${state}`, { name: login.revealedBy ?? '' })
        )}{' '}
        {state === 'READY' && <Time at={login.expiresAt} exact />}
        {login.revealedAt && <Time at={login.revealedAt} exact />}
        {reset && state !== 'REVEALED' && (
          <> {t('deliverySheet.askedBy', { name: reset.askedBy, reason: reset.reason })}</>
        )}
      </span>
      {login.mayReveal && (
        <Button size="small" icon={<KeyOutlined aria-hidden />} onClick={onReveal}>
          {t(reset ? 'deliverySheet.revealAgain' : 'deliverySheet.reveal')}
        </Button>
      )}
      {login.mayReset && (
        <Button size="small" icon={<RedoOutlined aria-hidden />} onClick={onReset}>
          {t('deliverySheet.reset')}
        </Button>
      )}
    </div>
  );
}
