import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { GoLiveTag } from '../../../ui/go-live/GoLiveTag';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { BookPanel } from '../components/BookPanel';
import { DocumentsPanel } from '../components/DocumentsPanel';
import { GoLiveActionBar } from '../components/GoLiveActionBar';
import { GoLiveFactsPanel } from '../components/GoLiveFactsPanel';
import { GoLiveTimelinePanel } from '../components/GoLiveTimelinePanel';
import { PartiesPanel } from '../components/PartiesPanel';
import { GoLivePageQuery, GoLiveParts } from '../golive.gql';

/** One system on its way into service: the trial with its book, the papers, who has accepted it. */
export function GoLivePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: GoLivePageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const list = <Link to={routes.goLives()}>{t('goLive.title')}</Link>;
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={askAgain} home={list} />
    ) : (
      <LoadingState rows={12} />
    );
  const golive = readFragment(GoLiveParts, data.goLiveCase);
  return (
    <>
      <PageHeader
        title={golive.system?.name ?? golive.code}
        back={list}
        state={<GoLiveTag state={golive.state} />}
        actions={<GoLiveActionBar golive={golive} />}
      >
        <span className="jy-code">{golive.code}</span>
      </PageHeader>
      <div className="jy-detail">
        <div className="jy-detail-main">
          <GoLiveFactsPanel golive={golive} />
          <BookPanel golive={golive} />
          <DocumentsPanel golive={golive} />
        </div>
        <div className="jy-detail-aside">
          <PartiesPanel golive={golive} />
          <GoLiveTimelinePanel golive={golive} />
        </div>
      </div>
    </>
  );
}
