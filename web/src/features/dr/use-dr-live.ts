import { useCallback, useEffect, useRef } from 'react';
import { type UseQueryExecute, type UseQueryState, useSubscription } from 'urql';
import { useAfterGap } from '../../graphql/live-context';
import { DrChangedSubscription } from './dr.gql';

/** Longer than the slowest answer: one that has not come by then is lost, as where a line went dead, and is asked for anew. */
const LOST_AFTER_MS = 20_000;

/**
 * Asks again as soon as something of DR may be otherwise, and after the link was gone. One answer is awaited at a time: of
 * changes that come meanwhile the last is asked for once, so that no answer comes late and is drawn over a newer one.
 */
export function useDrLive({ fetching, stale }: Pick<UseQueryState, 'fetching' | 'stale'>, ask: UseQueryExecute): void {
  const [{ data }] = useSubscription({ query: DrChangedSubscription });
  const waits = useRef(false);
  const askedAt = useRef(0);
  const isAsking = fetching || stale;
  useEffect(() => {
    if (isAsking) askedAt.current = Date.now();
  }, [isAsking]);
  const again = useCallback(() => {
    waits.current = isAsking && Date.now() - askedAt.current < LOST_AFTER_MS;
    if (waits.current) return;
    askedAt.current = Date.now();
    ask({ requestPolicy: 'network-only' });
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
