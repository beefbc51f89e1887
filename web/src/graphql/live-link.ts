import type { Client } from 'graphql-ws';

/** The server ends a socket with it when the session is over: there is nothing to retry, only to sign in again. */
export const SESSION_ENDED = 4403;

/** idle: nothing is watched. lost: something is watched and the link is down, so the page may be old. */
export type LiveState = 'idle' | 'live' | 'lost';

export type LiveLink = {
  state: () => LiveState;
  /** Counts reconnections: what happened in between was missed, so pages ask again when it changes. */
  epoch: () => number;
  subscribe: (listener: () => void) => () => void;
};

/** Watches the socket for the banner and for pages that must ask again after a gap. */
export function watchLink(socket: Pick<Client, 'on'>): LiveLink {
  let state: LiveState = 'idle';
  let epoch = 0;
  const listeners = new Set<() => void>();
  const set = (next: LiveState) => {
    if (next === state) return;
    if (state === 'lost' && next === 'live') epoch += 1;
    state = next;
    for (const listener of listeners) listener();
  };
  socket.on('connected', () => set('live'));
  // 1000 is our own farewell when the last watcher leaves.
  socket.on('closed', (event) => set(event instanceof CloseEvent && event.code === 1000 ? 'idle' : 'lost'));
  return {
    state: () => state,
    epoch: () => epoch,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
