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
import { atControls, contentOfRow, emptyRow, type RowDraft } from '../forms/place-draft';
import { RowForm } from '../forms/RowForm';
import { CreateCabinetRowMutation, NewCabinetRowPageQuery } from '../rooms.gql';

/** A new row on the plan of a room. */
export function NewCabinetRowPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const engineers = useEngineers();
  const { id = '' } = useParams();
  const [{ data: read, error }, ask] = useQuery({
    query: NewCabinetRowPageQuery,
    variables: { id },
    requestPolicy: 'network-only',
  });
  const data = useOpened(id, read);
  const { send, busy } = useOutcome(CreateCabinetRowMutation);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask()} />
    ) : (
      <LoadingState rows={12} />
    );
  const { room } = data;
  const back = <Link to={routes.room(room.id)}>{t('cabinet.backToRoom', { room: room.name })}</Link>;
  const create = async (draft: RowDraft) => {
    const answer = await send({ roomId: room.id, ...contentOfRow(draft) });
    if (!answer.data) return atControls(answer.errors);
    notice(t('racking.saved', { name: draft.code.trim() }));
    const made = answer.data.outcome.cabinetRow;
    void navigate(made ? routes.newCabinets(made.id) : routes.room(room.id));
    return [];
  };
  return (
    <>
      <PageHeader title={t('racking.newRow')} back={back}>
        {t('racking.newRowLead', { room: room.name })}
      </PageHeader>
      {engineers('CREATE') ? (
        <RowForm
          key={room.id}
          start={() => emptyRow}
          room={room}
          weightGrams={0}
          busy={busy}
          submit={t('racking.newRow')}
          onSend={create}
          onCancel={() => void navigate(routes.room(room.id))}
        />
      ) : (
        <EmptyState title={t('racking.notYours')} action={back} />
      )}
    </>
  );
}
