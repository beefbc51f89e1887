import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { SystemForm as SystemFields } from '../forms/SystemForm';
import { contentOfSystem, draftOfSystem, type SystemDraft } from '../forms/system-draft';
import { EditSystemMutation, EditSystemPageQuery, SystemForm } from '../systems.gql';

export function EditSystemPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: EditSystemPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const { send, busy } = useOutcome(EditSystemMutation);
  // The way back to a request, where one came from one.
  const { search } = useLocation();
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const system = readFragment(SystemForm, data.system);
  const back = <Link to={routes.system(system.id)}>{t('system.backToSystem')}</Link>;
  const save = async (draft: SystemDraft) => {
    const answer = await send({ id: system.id, expectedVersion: system.version, content: contentOfSystem(draft) });
    if (!answer.data) return answer.errors;
    notice(t('system.saved', { name: draft.name.trim() }));
    void navigate({ pathname: routes.system(system.id), search });
    return [];
  };
  return (
    <>
      <PageHeader title={t('system.editTitle', { name: system.name })} back={back} />
      {system.editable ? (
        <SystemFields
          key={system.id}
          start={() => draftOfSystem(system)}
          busy={busy}
          submit={t('system.save')}
          onSend={save}
          onCancel={() => void navigate({ pathname: routes.system(system.id), search })}
        />
      ) : (
        <EmptyState title={t('system.notEditable')} action={back} />
      )}
    </>
  );
}
