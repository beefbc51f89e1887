import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { routes } from '../../../lib/routes';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useEngineers } from '../components/use-engineers';
import { contentOfRoom, emptyRoom, type RoomDraft } from '../forms/place-draft';
import { RoomForm } from '../forms/RoomForm';
import { CreateRoomMutation, NewRoomPageQuery } from '../rooms.gql';

const spec = { center: urlText() };

/** A new room of the center that the address names. */
export function NewRoomPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const engineers = useEngineers();
  const [{ center: centerId }] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({ query: NewRoomPageQuery });
  const { send, busy } = useOutcome(CreateRoomMutation);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const center = data.centers.find(({ id }) => id === centerId);
  const back = <Link to={routes.rooms()}>{t('room.list')}</Link>;
  const create = async (draft: RoomDraft) => {
    const answer = await send({ centerId, ...contentOfRoom(draft) });
    if (!answer.data) return answer.errors;
    notice(t('racking.saved', { name: draft.name.trim() }));
    const made = answer.data.outcome.room;
    void navigate(made ? routes.room(made.id) : routes.rooms());
    return [];
  };
  return (
    <>
      <PageHeader
        title={t('racking.newRoom')}
        back={back}
        state={center && <CenterMark role={center.role} name={center.name} />}
      />
      {center && engineers('CREATE') ? (
        <RoomForm
          start={() => emptyRoom}
          busy={busy}
          submit={t('racking.newRoom')}
          onSend={create}
          onCancel={() => void navigate(routes.rooms())}
        />
      ) : (
        <EmptyState title={center ? t('racking.notYours') : t('racking.noCenter')} action={back} />
      )}
    </>
  );
}
