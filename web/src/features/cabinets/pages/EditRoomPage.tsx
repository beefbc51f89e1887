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
import { changesOf, contentOfRoom, draftOfRoom, type RoomDraft } from '../forms/place-draft';
import { RoomForm } from '../forms/RoomForm';
import { EditRoomMutation, EditRoomPageQuery } from '../rooms.gql';

/** Name and plan of a room. */
export function EditRoomPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const engineers = useEngineers();
  const { id = '' } = useParams();
  const [{ data: read, error }, ask] = useQuery({
    query: EditRoomPageQuery,
    variables: { id },
    requestPolicy: 'network-only',
  });
  const data = useOpened(id, read);
  const { send, busy } = useOutcome(EditRoomMutation);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask()} />
    ) : (
      <LoadingState rows={12} />
    );
  const { room } = data;
  const back = <Link to={routes.room(room.id)}>{t('cabinet.backToRoom', { room: room.name })}</Link>;
  const save = async (draft: RoomDraft) => {
    const change = changesOf(contentOfRoom(draftOfRoom(room)), contentOfRoom(draft));
    const answer = await send({ id: room.id, expectedVersion: room.version, ...change });
    if (!answer.data) return answer.errors;
    notice(t('racking.saved', { name: draft.name.trim() }));
    void navigate(routes.room(room.id));
    return [];
  };
  return (
    <>
      <PageHeader title={t('racking.editTitle', { name: room.name })} back={back} />
      {engineers('EDIT') ? (
        <RoomForm
          key={room.id}
          start={() => draftOfRoom(room)}
          busy={busy}
          submit={t('racking.save')}
          onSend={save}
          onCancel={() => void navigate(routes.room(room.id))}
        />
      ) : (
        <EmptyState title={t('racking.notYours')} action={back} />
      )}
    </>
  );
}
