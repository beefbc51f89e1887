import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { routes } from '../lib/routes';
import { FailureState } from '../ui/page-states';

/** A page that threw. After an update of the console old chunks are gone, and a reload is the cure. */
export function BrokenPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  const message = error instanceof Error ? error.message : t('failure.error');
  return (
    <FailureState wholePage failure={{ kind: 'error', message, traceId: null }} onRetry={() => location.reload()} />
  );
}

export function UnknownPage() {
  const { t } = useTranslation();
  return (
    <FailureState
      wholePage
      failure={{ kind: 'not-found', message: '', traceId: null }}
      onRetry={() => location.reload()}
      home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
    />
  );
}
