import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { RoomsCentersQuery, RoomsOfCenterQuery } from '../cabinets.gql';
import { NoSpace } from '../components/NoSpace';
import { SpaceUsePanel } from '../components/SpaceUsePanel';
import { kilowatts } from '../components/use-cabinet-words';
import { useEngineers } from '../components/use-engineers';

/** Rooms by center, with what is left in each. */
export function RoomListPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const engineers = useEngineers();
  const [{ data, error }, ask] = useQuery({ query: RoomsCentersQuery });
  return (
    <>
      <PageHeader title={t('room.list')}>{t('room.lead')}</PageHeader>
      {data ? (
        <div className="jy-center-rooms">
          {data.centers.map((center) => (
            <Panel
              key={center.id}
              title={center.name}
              aside={
                <span className="jy-tags">
                  <CenterMark role={center.role} name={t(`center.role.${center.role}`)} />
                  {engineers('CREATE') && (
                    <Button
                      size="small"
                      icon={<PlusOutlined aria-hidden />}
                      aria-label={t('racking.newRoomIn', { center: center.name })}
                      onClick={() => void navigate(routes.newRoom(center.id))}
                    >
                      {t('racking.newRoom')}
                    </Button>
                  )}
                </span>
              }
            >
              <Rooms centerId={center.id} caption={center.name} />
            </Panel>
          ))}
          {data.centers.length === 0 && <EmptyState title={t('center.none')} />}
          <SpaceUsePanel />
        </div>
      ) : error ? (
        <FailureState
          failure={failureOf(error)}
          onRetry={() => ask({ requestPolicy: 'network-only' })}
          home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
        />
      ) : (
        <LoadingState />
      )}
    </>
  );
}

function Rooms({ centerId, caption }: { centerId: string; caption: string }) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({
    query: RoomsOfCenterQuery,
    variables: { centerId },
    requestPolicy: 'cache-and-network',
  });
  if (!data)
    return error ? (
      <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={2} />
    );
  if (data.rooms.length === 0) return <NoSpace title={t('room.none')}>{t('room.noneText')}</NoSpace>;
  return (
    <div className="jy-plain-scroll">
      <table className="jy-small-table" aria-label={caption}>
        <thead>
          <tr>
            <th scope="col">{t('room.title')}</th>
            <th scope="col" className="jy-cell-number">
              {t('room.cabinets')}
            </th>
            <th scope="col">{t('room.occupancy')}</th>
            <th scope="col" className="jy-cell-number">
              {t('room.powerUse')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.rooms.map((room) => {
            const sum = (of: (cabinet: (typeof room.cabinets)[number]) => number) =>
              room.cabinets.reduce((total, cabinet) => total + of(cabinet), 0);
            const total = sum(({ heightUnits }) => heightUnits);
            const knowsUnits = room.cabinets.every(({ usedUnits }) => usedUnits !== null);
            const knowsLimit = room.cabinets.every(({ power }) => power !== null);
            const knowsPower = room.cabinets.every(({ power }) => power && power.usedW !== null);
            const limit = knowsLimit ? kilowatts(sum(({ power }) => power?.limitW ?? 0)) : '–';
            return (
              <tr key={room.id}>
                <th scope="row">
                  <Link to={routes.room(room.id)}>{room.name}</Link> <span className="jy-code">{room.code}</span>
                </th>
                <td className="jy-cell-number">{count(room.cabinets.length)}</td>
                <td>
                  {knowsUnits
                    ? t('cabinet.unitsFigures', {
                        used: sum(({ usedUnits }) => usedUnits ?? 0),
                        held: sum(({ heldUnits }) => heldUnits ?? 0),
                        blocked: sum(({ blockedUnits }) => blockedUnits ?? 0),
                        free: sum(({ freeUnits }) => freeUnits ?? 0),
                        total,
                      })
                    : '–'}
                </td>
                <td className="jy-cell-number">
                  {knowsPower ? `${kilowatts(sum(({ power }) => power?.usedW ?? 0))} / ${limit}` : limit}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
