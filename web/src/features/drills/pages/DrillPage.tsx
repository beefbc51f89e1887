import { FilePdfOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { useNow } from '../../../lib/use-now';
import { drillOutcomes, drillStates } from '../../../ui/drill-states';
import { Facts } from '../../../ui/Facts';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { CheckList } from '../components/CheckList';
import { CleanupNote } from '../components/CleanupNote';
import { CopyTable } from '../components/CopyTable';
import { DrillActions } from '../components/DrillActions';
import { DrillClock } from '../components/DrillClock';
import { TicketTable } from '../components/TicketTable';
import { type Drill, DrillFacts, DrillQuery, TicketRow } from '../drills.gql';

/** While something goes on, people look at it as at a clock. */
const ASK_OFTEN_MS = 2_000;
const ASK_SELDOM_MS = 20_000;
const SECOND = 1_000;
const MOVING: readonly Drill['state'][] = ['PRECHECKED', 'RUNNING', 'VALIDATING', 'CLEANING_UP'];

export function DrillPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({ query: DrillQuery, variables: { id }, requestPolicy: 'cache-and-network' });
  const drill = data?.drDrill ? readFragment(DrillFacts, data.drDrill) : null;
  const every = drill && MOVING.includes(drill.state) ? ASK_OFTEN_MS : ASK_SELDOM_MS;
  useEffect(() => {
    const timer = setInterval(() => ask({ requestPolicy: 'network-only' }), every);
    return () => clearInterval(timer);
  }, [ask, every]);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  if (!drill)
    return (
      <EmptyState title={t('drill.notThere')} action={<Link to={routes.drDrills()}>{t('drill.title')}</Link>}>
        {t('drill.notThereText')}
      </EmptyState>
    );
  return <OneDrill drill={drill} />;
}

function OneDrill({ drill }: { drill: Drill }) {
  const { t } = useTranslation();
  const now = useNow(SECOND);
  const { outcome, state } = drill;
  const tickets = readFragment(TicketRow, drill.drillTickets);
  const isBegun = drill.marks.length > 0;
  return (
    <>
      <PageHeader
        title={t('drill.pageTitle', { group: drill.groupName })}
        back={<Link to={routes.drDrills()}>{t('drill.title')}</Link>}
        state={
          outcome ? (
            <StateTag look={drillOutcomes[outcome]} word={t(`drill.outcome.${outcome}`)} />
          ) : (
            <StateTag look={drillStates[state]} word={t(`drill.state.${state}`)} />
          )
        }
        actions={
          <>
            {drill.reportHash && (
              <Button icon={<FilePdfOutlined aria-hidden />} href={routes.drDrillReport(drill.id)} download>
                {t('drill.report')}
              </Button>
            )}
            <DrillActions drill={drill} />
          </>
        }
      >
        {t(`drill.stateMeans.${state}`)}
      </PageHeader>
      <CleanupNote drill={drill} now={now} />
      {drill.trouble && state !== 'CLEANUP_FAILED' && (
        <p className="jy-drill-trouble" role="status">
          {t('drill.trouble', { text: drill.trouble })}
        </p>
      )}
      {drill.frozenBecause && (
        <p className="jy-desk-frozen" role="status">
          {drill.frozenBecause}
        </p>
      )}
      {isBegun && (
        <Panel title={t('drill.clock')}>
          <DrillClock drill={drill} now={now} />
        </Panel>
      )}
      <Panel title={t('drill.checklist')}>
        <CheckList drill={drill} now={now} />
      </Panel>
      {drill.copies.length > 0 && (
        <Panel title={t('drill.copies')}>
          <CopyTable copies={drill.copies} />
        </Panel>
      )}
      {tickets.length > 0 && (
        <Panel title={t('drill.tickets')}>
          <TicketTable tickets={tickets} />
        </Panel>
      )}
      <FactsPanel drill={drill} />
    </>
  );
}

function FactsPanel({ drill }: { drill: Drill }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('drill.facts')}>
      <Facts
        facts={[
          { label: t('drill.code'), value: <span className="jy-code">{drill.code}</span> },
          { label: t('drill.kindLabel'), value: t(`drill.kind.${drill.kind}`) },
          {
            label: t('drill.center'),
            value: drill.center ? (
              <CenterMark role={drill.center.role} name={drill.center.name} />
            ) : (
              t('drill.noCenter')
            ),
          },
          { label: t('drill.group'), value: <Link to={routes.drGroup(drill.groupId)}>{drill.groupName}</Link> },
          { label: t('drill.system'), value: <Link to={routes.system(drill.system.id)}>{drill.system.name}</Link> },
          { label: t('request.department'), value: drill.system.department?.name ?? '–' },
          { label: t('drill.plannedAt'), value: <Time at={drill.plannedAt} exact /> },
          { label: t('drill.plannedBy'), value: drill.plannedBy },
          {
            label: t('drill.approvedBy'),
            value: drill.approvedBy ? (
              <>
                {drill.approvedBy} <Time at={drill.approvedAt} />
              </>
            ) : (
              '–'
            ),
          },
          { label: t('drill.targetLevel'), value: drill.targetLevel ?? '–' },
          {
            label: t('drill.cleanupDueAt'),
            value: drill.cleanupDueAt ? (
              <Time at={drill.cleanupDueAt} exact />
            ) : (
              t('drill.hoursLong', { n: drill.cleanupHours })
            ),
          },
          { label: t('drill.closedAt'), value: <Time at={drill.closedAt} exact /> },
          { label: t('drill.scenario'), value: drill.scenario, wide: true },
          ...(drill.abortReason ? [{ label: t('drill.abortReason'), value: drill.abortReason, wide: true }] : []),
          ...(drill.checks.length > 0
            ? [{ label: t('drill.checks'), value: drill.checks.map(({ text }) => text).join(' · '), wide: true }]
            : []),
          ...(drill.reportHash
            ? [
                {
                  label: t('drill.reportHash'),
                  value: <code className="jy-code jy-wrap-anywhere">{drill.reportHash}</code>,
                  wide: true,
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}
