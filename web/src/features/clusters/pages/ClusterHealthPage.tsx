import { CheckCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { type Fact, Facts } from '../../../ui/Facts';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { clusterReaches } from '../../../ui/states';
import { Time } from '../../../ui/Time';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { ClusterHealthParts, ClusterHealthQuery } from '../clusters.gql';

type Health = ResultOf<typeof ClusterHealthParts>;
type Vitals = NonNullable<Health['vitals']>;

const driven = { tone: 'good', icon: CheckCircleOutlined } as const;
const notDriven = { tone: 'bad', icon: ExclamationCircleOutlined } as const;
const SECOND_MS = 1_000;

/** 集群健康: how each center's cluster answers and is driven, and what waits there for people. */
export function ClusterHealthPage() {
  const { t } = useTranslation();
  const [{ data, error, fetching }, ask] = useQuery({ query: ClusterHealthQuery, requestPolicy: 'cache-and-network' });
  const again = () => ask({ requestPolicy: 'network-only' });
  if (!data)
    return error ? <FailureState wholePage failure={failureOf(error)} onRetry={again} /> : <LoadingState rows={12} />;
  return (
    <>
      <PageHeader
        title={t('clusterHealth.title')}
        actions={
          <Button onClick={again} disabled={fetching}>
            {t('clusterHealth.refresh')}
          </Button>
        }
      >
        {t('clusterHealth.lead')}
      </PageHeader>
      {data.clusterHealth.length === 0 ? (
        <EmptyState title={t('clusterHealth.none')} action={<Link to={routes.centers()}>{t('place.list')}</Link>}>
          {t('clusterHealth.noneText')}
        </EmptyState>
      ) : (
        data.clusterHealth.map((health, at) => <CenterHealth key={String(at)} health={health} />)
      )}
    </>
  );
}

function CenterHealth({ health: masked }: { health: FragmentOf<typeof ClusterHealthParts> }) {
  const { t } = useTranslation();
  const may = useMay();
  const health = readFragment(ClusterHealthParts, masked);
  const { center, cluster, vitals } = health;
  return (
    <Panel title={center.name} aside={<CenterMark role={center.role} name={cluster.name} />}>
      <Facts
        facts={[
          {
            label: t('clusterHealth.reach'),
            value: (
              <>
                <StateTag look={clusterReaches[cluster.reach]} word={t(`center.reach.${cluster.reach}`)} />{' '}
                <span className="jy-quiet-text">
                  <Time at={cluster.observedAt} />
                </span>
              </>
            ),
          },
          {
            label: t('clusterHealth.driver'),
            value: (
              <>
                <StateTag
                  look={health.driven ? driven : notDriven}
                  word={t(health.driven ? 'clusterHealth.driven' : 'clusterHealth.notDriven')}
                />{' '}
                <span className="jy-quiet-text">
                  <Time at={health.reportedAt} />
                </span>
              </>
            ),
          },
          {
            label: t('clusterHealth.drifts'),
            value: <Link to={routes.driftsOf(center.id)}>{count(health.driftsOpen)}</Link>,
          },
          {
            label: t('clusterHealth.quarantine'),
            value: may('INTAKE', 'READ') ? (
              <Link to={routes.quarantineOf(center.id)}>{count(health.quarantineNew)}</Link>
            ) : (
              count(health.quarantineNew)
            ),
          },
          {
            label: t('clusterHealth.unrecorded'),
            value: may('INTAKE', 'READ') ? (
              <Link to={routes.intake()}>{count(health.unrecorded)}</Link>
            ) : (
              count(health.unrecorded)
            ),
          },
          ...(vitals ? vitalFacts(t, vitals) : []),
        ]}
      />
      {vitals ? (
        <>
          {!health.driven && <p>{t('clusterHealth.old')}</p>}
          <Watches watches={vitals.watches} />
        </>
      ) : (
        <p className="jy-quiet-text">{t('clusterHealth.never')}</p>
      )}
    </Panel>
  );
}

/** How one queue of looks goes, in two lines. */
function workFacts(t: TFunction, of: 'machines' | 'servers', work: NonNullable<Vitals['servers']>): Fact[] {
  const { active, delayed, failing, failures, oldestMs, waiting } = work;
  const longest =
    oldestMs === null
      ? ''
      : ` · ${t('clusterHealth.oldestText', { seconds: count(Math.round(oldestMs / SECOND_MS)) })}`;
  return [
    {
      label: t(`clusterHealth.queue.${of}`),
      value: `${t('clusterHealth.queueText', {
        ...{ waiting: count(waiting), active: count(active), delayed: count(delayed), failing: count(failing) },
      })}${longest}`,
    },
    {
      label: t(`clusterHealth.failures.${of}`),
      value:
        failures.length === 0
          ? t('clusterHealth.noFailures')
          : failures.map((each) => `${each.failureClass} ${count(each.count)}`).join(' · '),
    },
  ];
}

function vitalFacts(t: TFunction, vitals: Vitals): Fact[] {
  return [
    { label: t('clusterHealth.version'), value: vitals.version ?? '–' },
    {
      label: t('clusterHealth.latency'),
      value: vitals.latencyMs === null ? '–' : <span className="jy-number">{count(vitals.latencyMs)} ms</span>,
    },
    ...workFacts(t, 'machines', vitals),
    ...(vitals.servers ? workFacts(t, 'servers', vitals.servers) : []),
    {
      label: t('clusterHealth.reconciles'),
      value: t('clusterHealth.reconcilesText', {
        ...{ total: count(vitals.reconciles), mean: vitals.reconcileMs === null ? '–' : count(vitals.reconcileMs) },
      }),
    },
    {
      label: t('clusterHealth.line'),
      value: `${t(vitals.breakerOpen ? 'clusterHealth.breakerOpen' : 'clusterHealth.breakerClosed')} · ${
        vitals.tokens === null
          ? t('clusterHealth.noLimit')
          : t(vitals.tokens < 0 ? 'clusterHealth.callsWait' : 'clusterHealth.tokens', {
              tokens: count(Math.abs(vitals.tokens)),
            })
      }`,
    },
    {
      label: t('clusterHealth.lease'),
      value: (
        <>
          <span className="jy-code jy-wrap-anywhere">{vitals.holder}</span>{' '}
          <span className="jy-quiet-text">{t('clusterHealth.epoch', { epoch: count(vitals.epoch) })}</span>
        </>
      ),
    },
  ];
}

function Watches({ watches }: { watches: Vitals['watches'] }) {
  const { t } = useTranslation();
  return (
    <WideTable label={t('clusterHealth.watches')}>
      <table className="jy-small-table">
        <caption className="jy-quiet-text">{t('clusterHealth.watches')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('clusterHealth.kind')}</th>
            <th scope="col">{t('clusterHealth.complete')}</th>
            <th scope="col">{t('clusterHealth.heard')}</th>
            <th scope="col" className="jy-cell-number">
              {t('clusterHealth.objects')}
            </th>
          </tr>
        </thead>
        <tbody>
          {watches.map(({ complete, heardAt, kind, objects }) => (
            <tr key={kind}>
              <th scope="row">{kind}</th>
              <td>{t(complete ? 'clusterHealth.isComplete' : 'clusterHealth.notComplete')}</td>
              <td>
                <Time at={heardAt} />
              </td>
              <td className="jy-cell-number">{count(objects)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
