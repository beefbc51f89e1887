import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import type { CenterAction } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { type Fact, Facts } from '../../../ui/Facts';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useMay } from '../../../ui/viewer-context';
import { CenterFacts, CenterPageQuery } from '../centers.gql';
import { type Pool, PoolTable } from '../components/PoolTable';
import { CenterLifeTag, ClusterReachTag } from '../components/place-states';
import { type Window, WindowTable } from '../components/WindowTable';
import { CenterLifeDialog } from '../forms/CenterDialogs';
import { OpeningDialog } from '../forms/OpeningDialog';
import { PlanMaintenanceDialog } from '../forms/PlanMaintenanceDialog';
import { PoolDialog } from '../forms/PoolDialog';
import { WindowDialog } from '../forms/WindowDialog';

type Open =
  | { kind: 'life'; action: CenterAction }
  | { kind: 'opening' }
  | { kind: 'pool'; pool: Pool | null }
  | { kind: 'plan' }
  | { kind: 'window'; window: Window };

/** One center: its life, pools and maintenance. */
export function CenterPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const may = useMay();
  const [open, setOpen] = useState<Open | null>(null);
  const [{ data, error }, ask] = useQuery({
    query: CenterPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const list = <Link to={routes.centers()}>{t('place.backToList')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={list}
      />
    ) : (
      <LoadingState rows={12} />
    );
  const center = readFragment(CenterFacts, data.center);
  const edits = may('CENTER', 'EDIT');
  const comes = center.life === 'PLANNED' || center.life === 'BUILDING';
  const windows = data.center.pools.flatMap((pool) => pool.maintenanceWindows);
  const facts: Fact[] = [
    { label: t('place.code'), value: <span className="jy-code">{center.code}</span> },
    {
      label: t('place.role'),
      value: <CenterMark role={center.role} name={t(`center.role.${center.role}`)} />,
    },
    {
      label: t('place.cluster'),
      value: center.cluster ? (
        <>
          <span className="jy-code">{center.cluster.name}</span> <ClusterReachTag reach={center.cluster.reach} />
        </>
      ) : (
        t('place.noCluster')
      ),
    },
    { label: t('place.observedAt'), value: <Time at={center.cluster?.observedAt} /> },
    ...(comes ? [{ label: t('place.opensOn'), value: center.opensOn ?? t('place.opensOnUnknown') }] : []),
  ];
  const close = () => setOpen(null);
  return (
    <>
      <PageHeader
        title={center.name}
        back={list}
        state={<CenterLifeTag life={center.life} />}
        actions={
          edits &&
          center.nextActions.map((action) => (
            <Button key={action} danger={action === 'STOP'} onClick={() => setOpen({ kind: 'life', action })}>
              {t(`place.action.${action}`)}
            </Button>
          ))
        }
      >
        {may('CAPACITY', 'READ') && <Link to={routes.capacity()}>{t('place.toCapacity')}</Link>}
        {may('CAPACITY', 'READ') && may('CABINET', 'READ') && ' · '}
        {may('CABINET', 'READ') && <Link to={routes.rooms()}>{t('place.rooms')}</Link>}
      </PageHeader>
      <Panel
        title={t('place.facts')}
        aside={edits && comes && <Button onClick={() => setOpen({ kind: 'opening' })}>{t('place.openingPlan')}</Button>}
      >
        <Facts facts={facts} />
      </Panel>
      <Panel
        title={t('place.pools')}
        aside={edits && <Button onClick={() => setOpen({ kind: 'pool', pool: null })}>{t('pool.register')}</Button>}
      >
        <PoolTable
          pools={data.center.pools}
          caption={t('place.pools')}
          onEdit={edits ? (pool) => setOpen({ kind: 'pool', pool }) : undefined}
        />
      </Panel>
      {may('CAPACITY', 'READ') && (
        <Panel
          title={t('maintenance.list')}
          aside={edits && <Button onClick={() => setOpen({ kind: 'plan' })}>{t('maintenance.plan')}</Button>}
        >
          {windows.length === 0 ? (
            <EmptyState title={t('maintenance.none')}>{t('maintenance.noneText')}</EmptyState>
          ) : (
            <WindowTable
              windows={windows}
              caption={t('maintenance.list')}
              onOpen={(window) => setOpen({ kind: 'window', window })}
            />
          )}
        </Panel>
      )}
      {open?.kind === 'life' && <CenterLifeDialog center={center} action={open.action} onClose={close} />}
      {open?.kind === 'opening' && <OpeningDialog center={center} onClose={close} />}
      {open?.kind === 'pool' && <PoolDialog centerId={center.id} pool={open.pool} onClose={close} />}
      {open?.kind === 'plan' && <PlanMaintenanceDialog poolId={null} onClose={close} />}
      {open?.kind === 'window' && <WindowDialog window={open.window} onClose={close} />}
    </>
  );
}
