import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { RequestStateTag } from '../../../ui/states';
import { RequestForm } from '../forms/RequestForm';
import { draftOfContent } from '../forms/request-draft';
import { EditRequestPageQuery, RequestChoices, RequestContent, SystemOption } from '../request-form.gql';

export function EditRequestPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: EditRequestPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  if (!data) {
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  }
  if (readFragment(RequestContent, data.request).nature === 'CHANGE')
    return <Navigate to={routes.editChange(id)} replace />;
  const choices = readFragment(RequestChoices, data);
  const content = readFragment(RequestContent, data.request);
  const system = readFragment(SystemOption, content.system);
  const edit = content.availableActions.find(({ action }) => action === 'EDIT');
  const back = <Link to={routes.request(content.id)}>{t('requestForm.backToRequest')}</Link>;
  return (
    <>
      <PageHeader
        title={t('requestForm.edit', { code: content.code })}
        state={<RequestStateTag state={content.state} />}
        back={back}
      />
      {edit && edit.disabledReason === null ? (
        <RequestForm
          key={content.id}
          choices={choices}
          saved={{ id: content.id, version: content.version }}
          start={() => draftOfContent(content, system)}
        />
      ) : (
        <EmptyState title={t('requestForm.notEditable')} action={back}>
          {edit?.disabledReason}
        </EmptyState>
      )}
    </>
  );
}
