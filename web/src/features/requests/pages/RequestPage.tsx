import { Button } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery, useSubscription } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { useAfterGap } from '../../../graphql/live-context';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { useKeyPaging } from '../../../lib/use-key-paging';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { RequestStateTag } from '../../../ui/states';
import { useMay } from '../../../ui/viewer-context';
import { RequestActionBar } from '../components/RequestActionBar';
import { RequestDetail } from '../components/RequestDetail';
import { pageVariables } from '../request-paging';
import { RequestChangedSubscription, RequestHead, RequestPageQuery, RequestParts } from '../requests.gql';

export function RequestPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const may = useMay();
  const navigate = useNavigate();
  const paging = { lines: useKeyPaging('lines'), machines: useKeyPaging('machines') };
  const variables = pageVariables(id, paging);
  const [{ data, error }, ask] = useQuery({
    query: RequestPageQuery,
    variables,
    requestPolicy: 'cache-and-network',
  });
  // Events carry the whole request and patch it in the cache; the page only has to listen.
  useSubscription({ query: RequestChangedSubscription, variables });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useAfterGap(askAgain);

  const list = <Link to={routes.requests()}>{t('request.backToList')}</Link>;
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={askAgain} home={list} />
    ) : (
      <LoadingState rows={12} />
    );
  const request = readFragment(RequestParts, data.request);
  return (
    <>
      <Head
        request={request}
        back={list}
        actions={
          <>
            {may('REQUEST', 'CREATE') && request.state !== 'DRAFT' && request.nature === 'NEW' && (
              <Button onClick={() => void navigate(routes.newRequest({ like: id, step: 'check' }))}>
                {t('again.do')}
              </Button>
            )}
            <RequestActionBar request={request} />
          </>
        }
      />
      <RequestDetail request={data.request} centers={data.centers} paging={paging} />
    </>
  );
}

type HeadProps = { request: FragmentOf<typeof RequestHead>; back: React.ReactNode; actions: React.ReactNode };

function Head({ request: masked, back, actions }: HeadProps) {
  const { t } = useTranslation();
  const request = readFragment(RequestHead, masked);
  return (
    <PageHeader title={request.code} back={back} state={<RequestStateTag state={request.state} />} actions={actions}>
      {request.nature === 'CHANGE' && <span className="jy-mark">{t('change.mark')}</span>} {request.system.name}
    </PageHeader>
  );
}
