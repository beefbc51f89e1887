import { useCallback, useEffect, useRef } from 'react';
import { useSubscription } from 'urql';
import { useAfterGap } from '../../graphql/live-context';
import { AlertsChangedSubscription } from './alerts.gql';

/** Asks again as soon as an alert opened, moved or closed, and after the link was gone. */
export function useAlertsLive(again: () => void): void {
  const [{ data }] = useSubscription({ query: AlertsChangedSubscription });
  // A page may give another function at each turn: that is no news.
  const newest = useRef(again);
  useEffect(() => {
    newest.current = again;
  });
  const ask = useCallback(() => newest.current(), []);
  useAfterGap(ask);
  const at = data?.drChanged.at;
  useEffect(() => {
    if (at) ask();
  }, [at, ask]);
}
