import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { ReclaimActionBar } from '../components/ReclaimActionBar';
import { ReclaimFactsPanel } from '../components/ReclaimFactsPanel';
import { ReclaimTimeline } from '../components/ReclaimTimeline';
import { ReclaimPageQuery, ReclaimParts } from '../reclaim.gql';
import { reclaimStates } from '../reclaim-states';

/** One case: the evidence, what was answered, what was decided, and what the viewer may do now. */
export function ReclaimPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: ReclaimPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const list = <Link to={routes.reclaimCases()}>{t('reclaim.back')}</Link>;
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={askAgain} home={list} />
    ) : (
      <LoadingState rows={10} />
    );
  const reclaim = readFragment(ReclaimParts, data.reclaimCase);
  return (
    <>
      <PageHeader
        title={reclaim.code}
        back={list}
        state={<StateTag look={reclaimStates[reclaim.state]} word={t(`reclaim.state.${reclaim.state}`)} />}
        actions={<ReclaimActionBar reclaim={reclaim} />}
      >
        {t('reclaim.title')}
      </PageHeader>
      <div className="jy-detail">
        <div className="jy-detail-main">
          <ReclaimFactsPanel reclaim={reclaim} />
        </div>
        <div className="jy-detail-aside">
          <ReclaimTimeline reclaim={reclaim} />
        </div>
      </div>
    </>
  );
}
