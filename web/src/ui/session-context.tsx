import { createContext, useContext } from 'react';

/** What pages may do to the session; the root, which owns client and router, does it. */
export type Session = {
  /** Signed in: a fresh client, then on to the path. */
  signedIn: (next: string) => void;
  /** Signed out by the user. */
  signedOut: () => void;
};

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('SessionContext is missing: the page stands outside the app.');
  return session;
}
