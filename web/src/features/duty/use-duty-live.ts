import { useCallback, useEffect, useRef } from 'react';
import { useSubscription } from 'urql';
import { useAfterGap } from '../../graphql/live-context';
import { DutyChangedSubscription } from './duty.gql';

/** Asks again as soon as an alert, a ticket or the log moved, and after the link was gone. */
export function useDutyLive(again: () => void): void {
  const [{ data }] = useSubscription({ query: DutyChangedSubscription });
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
