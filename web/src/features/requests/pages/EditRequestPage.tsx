import { TableOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { RequestStateTag } from '../../../ui/states';
import { WaitingBatches } from '../components/WaitingBatches';
import { FORM_LINES_MOST } from '../forms/line-draft';
import { ManyLinesForm } from '../forms/ManyLinesForm';
import { RequestForm } from '../forms/RequestForm';
import { draftOfContent } from '../forms/request-draft';
import { parseDraft } from '../forms/use-kept-draft';
import { EditRequestPageQuery, KeptForm, RequestChoices, RequestContent, SystemOption } from '../request-form.gql';

export function EditRequestPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: EditRequestPageQuery,
    variables: { id, formLines: FORM_LINES_MOST },
    // The form is filled in from it once: what another window kept meanwhile must be in it.
    requestPolicy: 'network-only',
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
  const beside = readFragment(KeptForm, data.request.unfinishedForm);
  // What was typed beside an older version of the draft was saved over, by a table or another hand.
  const kept = beside?.requestVersion === content.version ? beside : null;
  const editable = edit?.disabledReason === null;
  const back = <Link to={routes.request(content.id)}>{t('requestForm.backToRequest')}</Link>;
  return (
    <>
      <PageHeader
        title={t('requestForm.edit', { code: content.code })}
        state={<RequestStateTag state={content.state} />}
        back={back}
        actions={
          editable && (
            <Button
              icon={<TableOutlined aria-hidden />}
              onClick={() => void navigate(routes.newBatch({ request: content.id }))}
            >
              {t('batch.fromFileOf')}
            </Button>
          )
        }
      />
      {editable && <WaitingBatches requestId={content.id} />}
      {editable && content.linePage.totalCount > FORM_LINES_MOST ? (
        <ManyLinesForm
          key={content.id}
          content={content}
          kept={kept}
          onChanged={() => ask({ requestPolicy: 'network-only' })}
        />
      ) : editable ? (
        <RequestForm
          key={content.id}
          choices={choices}
          saved={{ id: content.id, version: content.version }}
          kept={kept}
          start={() => (kept && parseDraft(kept.form)) ?? draftOfContent(content, system)}
        />
      ) : (
        <EmptyState title={t('requestForm.notEditable')} action={back}>
          {edit?.disabledReason}
        </EmptyState>
      )}
    </>
  );
}
