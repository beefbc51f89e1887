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
import { useEngineers } from '../components/use-engineers';
import { CabinetForm } from '../forms/CabinetForm';
import { type CabinetDraft, contentOfCabinet, draftOfCabinet } from '../forms/cabinet-draft';
import { atControls, changesOf } from '../forms/place-draft';
import { EditCabinetMutation, EditCabinetPageQuery } from '../rooms.gql';

/** A cabinet: where it stands, what it is and what it carries. */
export function EditCabinetPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const engineers = useEngineers();
  const { id = '' } = useParams();
  const [{ data: read, error }, ask] = useQuery({
    query: EditCabinetPageQuery,
    variables: { id },
    requestPolicy: 'network-only',
  });
  const data = useOpened(id, read);
  const { send, busy } = useOutcome(EditCabinetMutation);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask()} />
    ) : (
      <LoadingState rows={12} />
    );
  const { cabinet } = data;
  const back = <Link to={routes.cabinet(cabinet.id)}>{t('cabinet.named', { code: cabinet.code })}</Link>;
  const save = async (draft: CabinetDraft) => {
    const change = changesOf(contentOfCabinet(draftOfCabinet(cabinet)), contentOfCabinet(draft));
    const answer = await send({ id: cabinet.id, expectedVersion: cabinet.version, ...change });
    if (!answer.data) return atControls(answer.errors);
    notice(t('racking.saved', { name: draft.code.trim() }));
    void navigate(routes.cabinet(cabinet.id));
    return [];
  };
  return (
    <>
      <PageHeader title={t('racking.editTitle', { name: t('cabinet.named', { code: cabinet.code }) })} back={back}>
        {`${cabinet.room.name} · ${cabinet.row.code}`}
      </PageHeader>
      {engineers('EDIT') ? (
        <CabinetForm
          key={cabinet.id}
          start={() => draftOfCabinet(cabinet)}
          room={cabinet.room}
          status={cabinet.status}
          busy={busy}
          onSend={save}
          onCancel={() => void navigate(routes.cabinet(cabinet.id))}
        />
      ) : (
        <EmptyState title={t('racking.notYours')} action={back} />
      )}
    </>
  );
}
