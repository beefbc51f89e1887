import { BellOutlined } from '@ant-design/icons';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery, useSubscription } from 'urql';
import { routes } from '../../lib/routes';
import { MenuButton } from '../../ui/MenuButton';
import { BellQuery, InboxSubscription } from './shell.gql';

/** The subscription tells of every notice; the minute is for what was missed while the link was lost. */
const ASK_AGAIN_MILLISECONDS = 60_000;

/** @param work whether decisions can wait for this person at all. */
export function Bell({ work }: { work: boolean }) {
  const { t } = useTranslation();
  const [{ data }, ask] = useQuery({ query: BellQuery, variables: { work }, requestPolicy: 'cache-and-network' });
  const [{ data: change }] = useSubscription({ query: InboxSubscription });
  const told = change?.inboxChanged.inbox.unreadCount;
  useEffect(() => {
    if (told !== undefined) ask({ requestPolicy: 'network-only' });
  }, [told, ask]);
  useEffect(() => {
    const timer = setInterval(() => ask({ requestPolicy: 'network-only' }), ASK_AGAIN_MILLISECONDS);
    return () => clearInterval(timer);
  }, [ask]);
  const waiting = data?.home?.awaitingMe ?? 0;
  const unread = data?.inbox.unreadCount ?? 0;
  return (
    <MenuButton
      label={t('shell.notifications', { waiting, unread })}
      icon={<BellOutlined aria-hidden />}
      badge={waiting + unread}
    >
      {(close) => (
        <div className="jy-user-panel">
          {waiting > 0 && (
            <Link to={routes.approvals()} onClick={close}>
              {t('shell.waitingForYou', { waiting })}
            </Link>
          )}
          {waiting === 0 && work && <p>{t('shell.nothingWaiting')}</p>}
          <Link to={routes.notifications()} onClick={close}>
            {unread > 0 ? t('shell.unread', { unread }) : t('shell.allNotifications')}
          </Link>
        </div>
      )}
    </MenuButton>
  );
}
