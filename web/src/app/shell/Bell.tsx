import { BellOutlined } from '@ant-design/icons';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { routes } from '../../lib/routes';
import { MenuButton } from '../../ui/MenuButton';
import { BellQuery } from './shell.gql';

/** No subscription tells of new work yet; a minute is soon enough for a number. */
const ASK_AGAIN_MILLISECONDS = 60_000;

export function Bell() {
  const { t } = useTranslation();
  const [{ data }, ask] = useQuery({ query: BellQuery, requestPolicy: 'cache-and-network' });
  useEffect(() => {
    const timer = setInterval(() => ask({ requestPolicy: 'network-only' }), ASK_AGAIN_MILLISECONDS);
    return () => clearInterval(timer);
  }, [ask]);
  const waiting = data?.home.awaitingMe ?? 0;
  return (
    <MenuButton label={t('shell.notifications', { waiting })} icon={<BellOutlined aria-hidden />} badge={waiting}>
      {(close) => (
        <div className="jy-user-panel">
          {waiting > 0 ? (
            <Link to={routes.approvals()} onClick={close}>
              {t('shell.waitingForYou', { waiting })}
            </Link>
          ) : (
            <p>{t('shell.nothingWaiting')}</p>
          )}
        </div>
      )}
    </MenuButton>
  );
}
