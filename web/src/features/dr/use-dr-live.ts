import { useCallback, useEffect, useRef } from 'react';
import { type UseQueryExecute, type UseQueryState, useSubscription } from 'urql';
import { useAfterGap } from '../../graphql/live-context';
import { DrChangedSubscription } from './dr.gql';

/**
 * Asks again as soon as something of DR may be otherwise, and after the link was gone. One answer is awaited at a time: of
 * changes that come meanwhile the last is asked for once, so that no answer comes late and is drawn over a newer one.
 */
export function useDrLive({ fetching, stale }: Pick<UseQueryState, 'fetching' | 'stale'>, ask: UseQueryExecute): void {
  const [{ data }] = useSubscription({ query: DrChangedSubscription });
  const waits = useRef(false);
  const isAsking = fetching || stale;
  const again = useCallback(() => {
    waits.current = isAsking;
    if (!isAsking) ask({ requestPolicy: 'network-only' });
  }, [ask, isAsking]);
  const newest = useRef(again);
  useEffect(() => {
    newest.current = again;
    if (waits.current && !isAsking) again();
  }, [again, isAsking]);
  useAfterGap(useCallback(() => newest.current(), []));
  const at = data?.drChanged.at;
  useEffect(() => {
    if (at) newest.current();
  }, [at]);
}
