import { useCallback, useEffect } from 'react';
import { type UseQueryExecute, useSubscription } from 'urql';
import { useAfterGap } from '../../graphql/live-context';
import { DrChangedSubscription } from './dr.gql';

/** Asks again as soon as something of DR may be otherwise, and after the link was gone. */
export function useDrLive(ask: UseQueryExecute): void {
  const [{ data }] = useSubscription({ query: DrChangedSubscription });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useAfterGap(askAgain);
  const at = data?.drChanged.at;
  useEffect(() => {
    if (at) askAgain();
  }, [at, askAgain]);
}
