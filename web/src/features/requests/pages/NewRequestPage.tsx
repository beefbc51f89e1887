import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { RequestForm } from '../forms/RequestForm';
import { emptyDraft } from '../forms/request-draft';
import { NewRequestPageQuery, RequestChoices } from '../request-form.gql';

export function NewRequestPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: NewRequestPageQuery });
  const choices = data && readFragment(RequestChoices, data);
  return (
    <>
      <PageHeader title={t('request.new')} back={<Link to={routes.requests()}>{t('request.backToList')}</Link>}>
        {t('requestForm.lead')}
      </PageHeader>
      {choices ? (
        <RequestForm choices={choices} saved={null} start={() => emptyDraft(choices)} />
      ) : error ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <LoadingState rows={12} />
      )}
    </>
  );
}
