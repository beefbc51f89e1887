import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../graphql/failure';
import { useLiveState } from '../../graphql/live-context';
import { may, readingScope } from '../../graphql/permissions';
import { changeLanguage, currentLanguage } from '../../lib/i18n';
import { routes } from '../../lib/routes';
import { Dialog } from '../../ui/Dialog';
import { Mark } from '../../ui/Mark';
import { NoticeProvider } from '../../ui/notice';
import { FailureState, LoadingState } from '../../ui/page-states';
import { Time } from '../../ui/Time';
import { ViewerContext, type ViewerFacts } from '../../ui/viewer-context';
import { SideMenu } from './SideMenu';
import { DatabaseModeQuery, ShellQuery } from './shell.gql';
import { TopBar } from './TopBar';

/** The frame of every page for signed-in users. It owns the scrolling: only its content pane scrolls, never the body. */
export function Shell() {
  const { t } = useTranslation();
  const location = useLocation();
  const [{ data, error }, ask] = useQuery({ query: ShellQuery });
  const [drawerOpen, setDrawerOpen] = useState(false);
  const pane = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page begins at its top; the path is the trigger.
  useEffect(() => {
    pane.current?.scrollTo?.({ top: 0 });
  }, [location.pathname]);

  if (error && !data) {
    return <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  if (!data) return <LoadingState />;
  const { viewer } = data;
  if (!viewer) return <Navigate to={routes.signIn(`${location.pathname}${location.search}`)} replace />;
  if (viewer.mustChangePassword)
    return <Navigate to={routes.password(`${location.pathname}${location.search}`)} replace />;
  const { permissions } = viewer;
  const facts: ViewerFacts = {
    id: viewer.id,
    displayName: viewer.displayName,
    departmentId: viewer.department?.id ?? null,
    departmentName: viewer.department?.name ?? null,
    permissions,
    seesCapacityFigures: viewer.seesCapacityFigures,
  };
  const showsApprovals = may(permissions, 'REQUEST', 'REVIEW') || may(permissions, 'REQUEST', 'SIGN_OFF');
  const otherLanguage = currentLanguage() === 'en' ? 'zh-CN' : 'en';

  return (
    <ViewerContext value={facts}>
      <NoticeProvider>
        <a className="jy-skip" href="#content">
          {t('shell.skip')}
        </a>
        <div className="jy-shell">
          {data.console.mode === 'DEMO' && (
            <aside className="jy-demo" aria-label={t('shell.demoLabel')}>
              {t('shell.demo', { province: data.console.province })}
            </aside>
          )}
          <div className="jy-side">
            <SideMenu permissions={permissions} head={<Brand />} />
          </div>
          <TopBar
            viewer={viewer}
            reads={readingScope(permissions)}
            showsApprovals={showsApprovals}
            onMenu={() => setDrawerOpen(true)}
            onLanguage={() => changeLanguage(otherLanguage)}
          />
          <main ref={pane} id="content" className="jy-pane" tabIndex={-1}>
            <ReadOnlyBanner />
            <StaleBanner />
            <Outlet />
          </main>
        </div>
        {drawerOpen && (
          <Dialog kind="side" title={t('shell.name')} onClose={() => setDrawerOpen(false)}>
            <SideMenu permissions={permissions} onNavigate={() => setDrawerOpen(false)} />
          </Dialog>
        )}
      </NoticeProvider>
    </ViewerContext>
  );
}

function Brand() {
  const { t } = useTranslation();
  return (
    <div className="jy-brand">
      <Mark size={28} />
      <span className="jy-brand-name">{t('shell.name')}</span>
    </div>
  );
}

const ASKED_EVERY_MILLISECONDS = 10_000;

/** Where the database stands in a minority every page says so, before somebody has filled in a form for nothing. */
function ReadOnlyBanner() {
  const { t } = useTranslation();
  const [{ data }, ask] = useQuery({ query: DatabaseModeQuery, requestPolicy: 'cache-and-network' });
  useEffect(() => {
    const timer = setInterval(() => ask({ requestPolicy: 'network-only' }), ASKED_EVERY_MILLISECONDS);
    return () => clearInterval(timer);
  }, [ask]);
  const database = data?.console.database;
  if (database?.mode !== 'READ_ONLY') return null;
  return (
    <p className="jy-banner jy-tone-bad" role="alert">
      {t('shell.readOnly')} {t(`shell.readOnlyNext.${database.reason ?? 'MINORITY'}`)} <Time at={database.since} />
    </p>
  );
}

/** A dropped link is normal for a second; only a lasting one is worth a word. */
const PATIENCE_MILLISECONDS = 2_000;

function StaleBanner() {
  const { t } = useTranslation();
  const state = useLiveState();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (state !== 'lost') {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), PATIENCE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [state]);
  return <div role="status">{shown && <p className="jy-banner jy-tone-waiting">{t('shell.linkLost')}</p>}</div>;
}
