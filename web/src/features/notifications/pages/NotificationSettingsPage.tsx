import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { PreferenceForm } from '../forms/PreferenceForm';
import { PreferenceParts, PreferenceQuery } from '../notifications.gql';

export function NotificationSettingsPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: PreferenceQuery, requestPolicy: 'cache-and-network' });
  const preference = data && readFragment(PreferenceParts, data.notificationPreference);
  return (
    <>
      <PageHeader
        title={t('notification.settings')}
        back={<Link to={routes.notifications()}>{t('notification.title')}</Link>}
      >
        {t('notification.settingsLead')}
      </PageHeader>
      {preference ? (
        // What was saved elsewhere begins the form anew.
        <PreferenceForm key={preference.version} preference={preference} />
      ) : error ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <LoadingState rows={6} />
      )}
    </>
  );
}
