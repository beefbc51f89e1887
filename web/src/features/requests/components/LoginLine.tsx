import { KeyOutlined, RedoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Time } from '../../../ui/Time';
import { DeliveryStateQuery } from '../delivery.gql';
import type { DeliveryItem } from './DeliveryPanel';

type Login = NonNullable<DeliveryItem['login']>;
type Props = { requestId: string; login: Login; onReveal: () => void; onReset: () => void };

/** Whether the way into a machine was handed over, and how far another one is where the first was lost. */
export function LoginLine({ requestId, login, onReveal, onReset }: Props) {
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
      {state === 'RESETTING' && <LooksAgain requestId={requestId} />}
    </div>
  );
}

/** Guests take a moment, and nothing tells of its end: what is under way is looked at again. */
const LOOK_AGAIN_MILLISECONDS = 15_000;

function LooksAgain({ requestId }: { requestId: string }) {
  const [, ask] = useQuery({ query: DeliveryStateQuery, variables: { id: requestId }, pause: true });
  useEffect(() => {
    const timer = setInterval(() => ask({ requestPolicy: 'network-only' }), LOOK_AGAIN_MILLISECONDS);
    return () => clearInterval(timer);
  }, [ask]);
  return null;
}
