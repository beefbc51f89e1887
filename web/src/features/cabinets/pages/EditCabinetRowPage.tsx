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
import { atControls, changesOf, contentOfRow, draftOfRow, type RowDraft } from '../forms/place-draft';
import { RowForm } from '../forms/RowForm';
import { EditCabinetRowMutation, EditCabinetRowPageQuery } from '../rooms.gql';

/** A row: its place on the plan, and what its floor carries. */
export function EditCabinetRowPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const engineers = useEngineers();
  const { id = '' } = useParams();
  const [{ data: read, error }, ask] = useQuery({
    query: EditCabinetRowPageQuery,
    variables: { id },
    requestPolicy: 'network-only',
  });
  const data = useOpened(id, read);
  const { send, busy } = useOutcome(EditCabinetRowMutation);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask()} />
    ) : (
      <LoadingState rows={12} />
    );
  const { cabinetRow: row } = data;
  const title = t('cabinet.rowTitle', { room: row.room.name, code: row.code });
  const back = <Link to={routes.cabinetRow(row.id)}>{title}</Link>;
  const save = async (draft: RowDraft) => {
    const change = changesOf(contentOfRow(draftOfRow(row)), contentOfRow(draft));
    const answer = await send({ id: row.id, expectedVersion: row.version, ...change });
    if (!answer.data) return atControls(answer.errors);
    notice(t('racking.saved', { name: draft.code.trim() }));
    void navigate(routes.cabinetRow(row.id));
    return [];
  };
  return (
    <>
      <PageHeader title={t('racking.editTitle', { name: title })} back={back}>
        {t('racking.editRowLead')}
      </PageHeader>
      {engineers('EDIT') ? (
        <RowForm
          key={row.id}
          start={() => draftOfRow(row)}
          room={row.room}
          weightGrams={row.weightGrams ?? 0}
          busy={busy}
          submit={t('racking.save')}
          onSend={save}
          onCancel={() => void navigate(routes.cabinetRow(row.id))}
        />
      ) : (
        <EmptyState title={t('racking.notYours')} action={back} />
      )}
    </>
  );
}
