import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlText } from '../../../lib/url-state';
import { useNow } from '../../../lib/use-now';
import { useUrlState } from '../../../lib/use-url-state';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { windowText } from '../../../ui/work-looks';
import { WorkCentersQuery, WorkRoomsQuery, WorkWindowsQuery } from '../workorders.gql';

const spec = { center: urlText(), day: urlText() };
const DAY_MS = 86_400_000;
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21];

type Window = ResultOf<typeof WorkWindowsQuery>['workWindows'][number];

/** One day of a center, room by room: who is in when, and where two would meet. */
export function WorkCalendarPage() {
  const { t } = useTranslation();
  const now = useNow();
  const [state, setState] = useUrlState(spec);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(state.day) ? state.day : exactTime(new Date(now).toISOString()).slice(0, 10);
  const from = useMemo(() => new Date(`${day}T00:00:00+08:00`), [day]);
  const [centers] = useQuery({ query: WorkCentersQuery });
  const centerId = state.center || (centers.data?.centers[0]?.id ?? '');
  const [rooms] = useQuery({ query: WorkRoomsQuery, variables: { centerId }, pause: centerId === '' });
  const roomIds = (rooms.data?.workRooms ?? []).map((room) => room.id);
  const [windows, ask] = useQuery({
    query: WorkWindowsQuery,
    variables: { roomIds, from: from.toISOString(), to: new Date(from.getTime() + DAY_MS).toISOString() },
    pause: roomIds.length === 0,
    requestPolicy: 'cache-and-network',
  });
  const move = (days: number) =>
    setState({ day: exactTime(new Date(from.getTime() + days * DAY_MS).toISOString()).slice(0, 10) });
  const failed = centers.error ?? rooms.error ?? windows.error;
  return (
    <>
      <PageHeader title={t('work.calendar')} back={<Link to={routes.workOrders()}>{t('work.list')}</Link>}>
        {t('work.calendarLead')}
      </PageHeader>
      <div className="jy-filter-bar">
        <Select
          className="jy-filter-select"
          aria-label={t('resource.center')}
          value={centerId || undefined}
          onChange={(center: string) => setState({ center })}
          options={(centers.data?.centers ?? []).map((center) => ({
            value: center.id,
            label: <CenterMark role={center.role} name={center.name} />,
          }))}
        />
        <Button icon={<LeftOutlined aria-hidden />} aria-label={t('work.dayBefore')} onClick={() => move(-1)} />
        <label className="jy-work-day">
          <span className="jy-sr-only">{t('work.day')}</span>
          <input type="date" value={day} onChange={(event) => setState({ day: event.target.value })} />
        </label>
        <Button icon={<RightOutlined aria-hidden />} aria-label={t('work.dayAfter')} onClick={() => move(1)} />
      </div>
      {failed ? (
        <FailureState failure={failureOf(failed)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : !rooms.data ? (
        <LoadingState rows={6} />
      ) : rooms.data.workRooms.length === 0 ? (
        <EmptyState title={t('work.noRooms')} />
      ) : (
        <Panel title={day}>
          <div className="jy-work-hours" aria-hidden="true">
            {HOURS.map((hour) => (
              <span key={hour}>{String(hour).padStart(2, '0')}</span>
            ))}
          </div>
          {rooms.data.workRooms.map((room) => (
            <RoomDay
              key={room.id}
              room={room}
              from={from.getTime()}
              windows={(windows.data?.workWindows ?? []).filter((each) => each.roomId === room.id)}
            />
          ))}
        </Panel>
      )}
    </>
  );
}

type RoomProps = { room: { code: string; name: string }; from: number; windows: readonly Window[] };

function RoomDay({ room, from, windows }: RoomProps) {
  const { t } = useTranslation();
  return (
    <section className="jy-work-room" aria-label={`${room.code} ${room.name}`}>
      <h3>
        <span className="jy-code">{room.code}</span> {room.name}
      </h3>
      {windows.length === 0 && <p className="jy-quiet-text">{t('work.roomFree')}</p>}
      <ul>
        {windows.map((window) => {
          const begin = Math.max(0, (new Date(window.from).getTime() - from) / DAY_MS);
          const end = Math.min(1, (new Date(window.to).getTime() - from) / DAY_MS);
          const title = window.order ? `${window.order.code} ${window.order.title}` : t('work.othersWork');
          return (
            <li key={`${window.from}${window.order?.id ?? window.kind}`}>
              <div className="jy-work-bar">
                <span style={{ marginInlineStart: `${begin * 100}%`, width: `${Math.max(1, (end - begin) * 100)}%` }} />
              </div>
              <p>
                <span className="jy-number">{windowText(window.from, window.to)}</span> {t(`work.kind.${window.kind}`)}{' '}
                {window.order ? <Link to={routes.workOrder(window.order.id)}>{title}</Link> : title}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
