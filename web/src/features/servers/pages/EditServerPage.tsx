import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { routes } from '../../../lib/routes';
import { useOpened } from '../../../ui/forms/use-draft';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { useEngineer } from '../components/use-engineer';
import { ServerForm } from '../forms/ServerForm';
import { draftOfServer, factsOf, type ServerDraft } from '../forms/server-draft';
import { EditServerMutation, EditServerPageQuery } from '../servers.gql';

/** What is written down of a machine; its life, place and user have acts of their own. */
export function EditServerPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const engineer = useEngineer();
  const { id = '' } = useParams();
  const [{ data: read, error }, ask] = useQuery({
    query: EditServerPageQuery,
    variables: { id },
    requestPolicy: 'network-only',
  });
  const data = useOpened(id, read);
  const { send, busy } = useOutcome(EditServerMutation);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask()} />
    ) : (
      <LoadingState rows={12} />
    );
  const { server } = data;
  const back = <Link to={routes.server(server.id)}>{server.assetNumber}</Link>;
  const save = async (draft: ServerDraft) => {
    const answer = await send({ id: server.id, expectedVersion: server.version, facts: factsOf(draft) });
    if (!answer.data) return answer.errors;
    notice(t('server.saved', { name: draft.assetNumber.trim() }));
    void navigate(routes.server(server.id));
    return [];
  };
  return (
    <>
      <PageHeader title={t('server.editTitle', { name: server.assetNumber })} back={back}>
        {t('server.editLead')}
      </PageHeader>
      {engineer('EDIT') ? (
        <ServerForm
          key={server.id}
          start={() => draftOfServer(server)}
          centers={data.centers}
          makers={data.cpuMakers}
          standsIn={server.place?.cabinetCode ?? null}
          busy={busy}
          submit={t('server.save')}
          onSend={save}
          onCancel={() => void navigate(routes.server(server.id))}
        />
      ) : (
        <EmptyState title={t('server.notYours')} action={back} />
      )}
    </>
  );
}
