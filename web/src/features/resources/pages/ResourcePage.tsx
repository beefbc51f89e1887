import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery, useSubscription } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { useAfterGap } from '../../../graphql/live-context';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { ResourceStateTag } from '../../../ui/states';
import { ClusterObjectsPanel } from '../components/ClusterObjectsPanel';
import { ConditionsPanel } from '../components/ConditionsPanel';
import { DisksPanel } from '../components/DisksPanel';
import { EventsPanel } from '../components/EventsPanel';
import { ResourceActionBar } from '../components/ResourceActionBar';
import { ResourceBackups } from '../components/ResourceBackups';
import { ResourceFactsPanel } from '../components/ResourceFactsPanel';
import { SnapshotsPanel } from '../components/SnapshotsPanel';
import { StatusPanel } from '../components/StatusPanel';
import { TakeOverPanel } from '../components/TakeOverPanel';
import { TasksPanel } from '../components/TasksPanel';
import { TermPanel } from '../components/TermPanel';
import { UsePanel } from '../components/UsePanel';
import { ResourceChangedSubscription, ResourcePageQuery, ResourceParts } from '../resources.gql';

export function ResourcePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: ResourcePageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  // Also what is not of the resource itself has changed then: its panels ask again by the number of events.
  const [{ data: news = 0 }] = useSubscription(
    { query: ResourceChangedSubscription, variables: { id } },
    (heard: number = 0) => heard + 1,
  );
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useAfterGap(askAgain);

  const list = <Link to={routes.resources()}>{t('resource.backToList')}</Link>;
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={askAgain} home={list} />
    ) : (
      <LoadingState rows={12} />
    );
  const resource = readFragment(ResourceParts, data.resource);
  return (
    <>
      <PageHeader
        title={resource.name}
        back={list}
        state={<ResourceStateTag state={resource.state} />}
        actions={<ResourceActionBar resource={resource} />}
      >
        <span className="jy-code">{resource.code}</span>
      </PageHeader>
      <div className="jy-detail">
        <div className="jy-detail-main">
          <StatusPanel resource={resource} />
          <TermPanel resource={resource} />
          {resource.state !== 'PROVISIONING' && <UsePanel id={resource.id} />}
          <ResourceFactsPanel resource={resource} />
          <DisksPanel resource={resource} />
          <SnapshotsPanel resource={resource} />
          {resource.management !== 'RECORDED' && <ConditionsPanel resource={resource} />}
          <ResourceBackups resource={resource} />
          <TakeOverPanel resource={resource} />
          <ClusterObjectsPanel resourceId={resource.id} />
        </div>
        <div className="jy-detail-aside">
          <TasksPanel id={resource.id} code={resource.code} news={news} />
          <EventsPanel resource={resource} />
        </div>
      </div>
    </>
  );
}
