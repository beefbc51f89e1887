import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { ChannelTable } from '../components/ChannelTable';
import { ChannelDialog } from '../forms/ChannelDialog';
import { ChannelListQuery, ChannelParts } from '../notifications.gql';

/** The ways out of the console. */
export function ChannelListPage() {
  const { t } = useTranslation();
  const mayEdit = useMay()('CHANNEL', 'EDIT');
  const [editing, setEditing] = useState<ResultOf<typeof ChannelParts> | 'NEW' | null>(null);
  const [{ data, error }, ask] = useQuery({ query: ChannelListQuery, requestPolicy: 'cache-and-network' });
  const channels = readFragment(ChannelParts, data?.notificationChannels ?? []);
  const add = mayEdit && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEditing('NEW')}>
      {t('channel.add')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('channel.title')}
        actions={
          <>
            <Link className="jy-link-as-button" to={routes.deliveries()}>
              {t('delivery.title')}
            </Link>
            {add}
          </>
        }
      >
        {t('channel.lead')}
      </PageHeader>
      {!data &&
        (error ? (
          <FailureState
            failure={failureOf(error)}
            onRetry={() => ask({ requestPolicy: 'network-only' })}
            home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
          />
        ) : (
          <LoadingState rows={6} />
        ))}
      {data && channels.length === 0 && (
        <EmptyState title={t('channel.none')} action={add}>
          {t('channel.noneText')}
        </EmptyState>
      )}
      {channels.length > 0 && <ChannelTable channels={channels} onEdit={mayEdit ? setEditing : null} />}
      {editing && <ChannelDialog channel={editing === 'NEW' ? null : editing} onClose={() => setEditing(null)} />}
    </>
  );
}
