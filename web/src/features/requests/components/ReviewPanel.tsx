import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery, useSubscription } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { useAfterGap } from '../../../graphql/live-context';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { useOwnPaging } from '../../../lib/use-key-paging';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { RequestStateTag } from '../../../ui/states';
import { pageVariables } from '../request-paging';
import { RequestChangedSubscription, RequestHead, RequestPageQuery, RequestParts } from '../requests.gql';
import { RequestActionBar } from './RequestActionBar';
import { RequestDetail } from './RequestDetail';

type Props = {
  id: string;
  /** A key of the queue that is for the opened request. */
  pressed: { key: 'approve' | 'return' } | null;
  onClose: () => void;
  /** It was decided: on to the next. */
  onDone: () => void;
};

/** The opened request beside the queue: facts and acts, without leaving the list. */
export function ReviewPanel({ id, pressed, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const paging = { lines: useOwnPaging(`${id} lines`), machines: useOwnPaging(`${id} machines`) };
  const variables = pageVariables(id, paging);
  const [{ data, error }, ask] = useQuery({
    query: RequestPageQuery,
    variables,
    requestPolicy: 'cache-and-network',
  });
  useSubscription({ query: RequestChangedSubscription, variables });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useAfterGap(askAgain);
  const heading = useRef<HTMLHeadingElement>(null);
  const loaded = Boolean(data);
  useEffect(() => {
    // The panel opened by keyboard is far from the row in reading order; the focus follows it.
    if (loaded) heading.current?.focus();
  }, [loaded]);
  if (!data) {
    return (
      <aside className="jy-review">
        {error ? <FailureState failure={failureOf(error)} onRetry={askAgain} /> : <LoadingState />}
      </aside>
    );
  }
  const request = readFragment(RequestParts, data.request);
  const head = readFragment(RequestHead, request);
  return (
    <aside className="jy-review" aria-label={head.code}>
      <div className="jy-review-head">
        <h2 ref={heading} tabIndex={-1}>
          <Link to={routes.request(head.id)}>{head.code}</Link>
        </h2>
        <RequestStateTag state={head.state} />
        <Button type="text" aria-label={t('common.close')} icon={<CloseOutlined aria-hidden />} onClick={onClose} />
      </div>
      <div className="jy-review-actions">
        <RequestActionBar request={request} pressed={pressed} onDone={onDone} />
      </div>
      <RequestDetail request={data.request} centers={data.centers} beside paging={paging} />
    </aside>
  );
}
