import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery, useSubscription } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { useAfterGap } from '../../../graphql/live-context';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { FirstLoginDialog } from '../../../ui/logins/FirstLoginDialog';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { BmcPanel } from '../components/BmcPanel';
import { HistoryPanel } from '../components/HistoryPanel';
import { type HostAct, HostPanel } from '../components/HostPanel';
import { type LifeAct, LifeActions } from '../components/LifeActions';
import { PlacePanel } from '../components/PlacePanel';
import { ServerFactsPanel } from '../components/ServerFactsPanel';
import { ServerObjectsPanel } from '../components/ServerObjectsPanel';
import { ServerPartsPanel } from '../components/ServerPartsPanel';
import { ServerTasksPanel } from '../components/ServerTasksPanel';
import { ServerStateTag } from '../components/server-states';
import { modelName } from '../components/server-words';
import { UserPanel } from '../components/UserPanel';
import { useEngineer } from '../components/use-engineer';
import { BmcDialog } from '../forms/BmcDialog';
import { HostDialog } from '../forms/HostDialog';
import { LifeDialog } from '../forms/LifeDialog';
import { MountDialog } from '../forms/MountDialog';
import { UnmountDialog } from '../forms/UnmountDialog';
import { ServerChangedSubscription, ServerPageParts, ServerPageQuery } from '../servers.gql';

type Open =
  | { kind: 'life'; act: LifeAct }
  | { kind: 'host'; act: HostAct }
  | { kind: 'mount' | 'unmount' | 'bmc' | 'login' };

/** One machine: what it is, where it stands, who has it, what happened to it, and what can be done. */
export function ServerPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const engineer = useEngineer();
  const { id = '' } = useParams();
  const [open, setOpen] = useState<Open | null>(null);
  const [{ data, error }, ask] = useQuery({
    query: ServerPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  useSubscription({ query: ServerChangedSubscription, variables: { id } });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useAfterGap(askAgain);
  const list = <Link to={routes.servers()}>{t('server.list')}</Link>;
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={askAgain} home={list} />
    ) : (
      <LoadingState rows={12} />
    );
  const server = readFragment(ServerPageParts, data.server);
  const close = () => setOpen(null);
  return (
    <>
      <PageHeader
        title={server.assetNumber}
        back={list}
        state={<ServerStateTag state={server.state} />}
        actions={
          <>
            <LifeActions server={server} onAct={(act) => setOpen({ kind: 'life', act })} />
            {engineer('EDIT') && (
              <Button icon={<EditOutlined aria-hidden />} onClick={() => void navigate(routes.editServer(server.id))}>
                {t('server.edit')}
              </Button>
            )}
          </>
        }
      >
        {modelName(server.model)} · {t('server.serial')} <span className="jy-code">{server.serial}</span>
      </PageHeader>
      <div className="jy-detail">
        <div className="jy-detail-main">
          <ServerFactsPanel
            server={server}
            maker={data.cpuMakers.find(({ maker }) => maker === server.cpuMaker)?.name ?? server.cpuMaker}
          />
          <ServerPartsPanel server={server} />
          <ServerObjectsPanel id={server.id} isBound={server.clusterHost !== null} />
        </div>
        <div className="jy-detail-aside">
          <UserPanel server={server} />
          <HostPanel
            server={server}
            onAct={(act) => setOpen({ kind: 'host', act })}
            onReveal={() => setOpen({ kind: 'login' })}
          />
          <ServerTasksPanel id={server.id} assetNumber={server.assetNumber} news={server.host?.observedAt ?? ''} />
          <PlacePanel
            server={server}
            onMount={() => setOpen({ kind: 'mount' })}
            onUnmount={() => setOpen({ kind: 'unmount' })}
          />
          <BmcPanel server={server} onSet={() => setOpen({ kind: 'bmc' })} />
          <HistoryPanel server={server} />
        </div>
      </div>
      {open?.kind === 'life' && <LifeDialog server={server} act={open.act} onClose={close} />}
      {open?.kind === 'host' && <HostDialog server={server} act={open.act} onClose={close} />}
      {open?.kind === 'mount' && <MountDialog server={server} onClose={close} />}
      {open?.kind === 'unmount' && <UnmountDialog server={server} onClose={close} />}
      {open?.kind === 'login' && (
        <FirstLoginDialog
          item={{
            resourceId: server.id,
            name: server.assetNumber,
            addresses: server.claimedAddresses.map(({ address }) => address),
          }}
          onClose={close}
        />
      )}
      {open?.kind === 'bmc' && <BmcDialog server={server} onClose={close} />}
    </>
  );
}
