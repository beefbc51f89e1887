import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router';
import { Provider } from 'urql';
import { createConsoleClient } from '../graphql/client';
import { LiveContext } from '../graphql/live-context';
import { routes } from '../lib/routes';
import { SessionContext } from '../ui/session-context';
import { ThemeProvider } from '../ui/theme/ThemeProvider';
import { cache } from './cache';
import { createConsoleRouter } from './router';

const router = createConsoleRouter();

/** Keeps the path, so that signing in again leads back to it. */
function goToSignIn(): void {
  const { pathname, search } = router.state.location;
  if (pathname !== '/sign-in') void router.navigate(routes.signIn(`${pathname}${search}`), { replace: true });
}

export function App() {
  const { i18n } = useTranslation();
  // Each sign-in and sign-out begins a new client; so does another language, because the server's words come in it.
  const [generation, setGeneration] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new generation is the point.
  const { client, link, dispose } = useMemo(
    () => createConsoleClient({ language: i18n.language, cache, onSessionEnded: goToSignIn }),
    [generation, i18n.language],
  );
  useEffect(() => dispose, [dispose]);
  const session = useMemo(() => {
    const startAfresh = (path: string) => {
      setGeneration((now) => now + 1);
      void router.navigate(path, { replace: true });
    };
    return { signedIn: startAfresh, signedOut: () => startAfresh(routes.signIn()) };
  }, []);
  return (
    <ThemeProvider>
      <SessionContext value={session}>
        <Provider value={client}>
          <LiveContext value={link}>
            <RouterProvider router={router} />
          </LiveContext>
        </Provider>
      </SessionContext>
    </ThemeProvider>
  );
}
