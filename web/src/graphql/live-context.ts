import { createContext, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import type { LiveLink, LiveState } from './live-link';

const still: LiveLink = { state: () => 'idle', epoch: () => 0, subscribe: () => () => undefined };

export const LiveContext = createContext<LiveLink>(still);

export function useLiveState(): LiveState {
  const link = useContext(LiveContext);
  return useSyncExternalStore(link.subscribe, link.state);
}

/** Asks again once the live link is back: events of the gap are lost for good. */
export function useAfterGap(askAgain: () => void): void {
  const link = useContext(LiveContext);
  const epoch = useSyncExternalStore(link.subscribe, link.epoch);
  const seen = useRef(epoch);
  useEffect(() => {
    if (seen.current === epoch) return;
    seen.current = epoch;
    askAgain();
  }, [epoch, askAgain]);
}
