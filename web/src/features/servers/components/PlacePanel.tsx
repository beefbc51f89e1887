import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { ServerStanding } from '../servers.gql';
import { modelSize, unitsText } from './server-words';
import { useEngineer } from './use-engineer';

type Props = { server: FragmentOf<typeof ServerStanding>; onMount: () => void; onUnmount: () => void };

/** Where it stands, and the way there. */
export function PlacePanel({ server: masked, onMount, onUnmount }: Props) {
  const { t } = useTranslation();
  const engineer = useEngineer();
  const server = readFragment(ServerStanding, masked);
  const { place, center } = server;
  const act =
    engineer('EDIT') &&
    (place ? (
      <Button onClick={onUnmount}>{t('server.unmount')}</Button>
    ) : (
      server.state !== 'RETIRED' && <Button onClick={onMount}>{t('server.mount')}</Button>
    ));
  return (
    <Panel title={t('server.place')} aside={act} className="jy-short-facts">
      {place ? (
        <Facts
          facts={[
            { label: t('resource.center'), value: <CenterMark role={center.role} name={center.name} /> },
            ...(place.cabinet
              ? [
                  {
                    label: t('room.title'),
                    value: <Link to={routes.room(place.cabinet.room.id)}>{place.cabinet.room.name}</Link>,
                  },
                  {
                    label: t('cabinet.row'),
                    value: <Link to={routes.cabinetRow(place.cabinet.row.id)}>{place.cabinet.row.code}</Link>,
                  },
                ]
              : []),
            {
              label: t('cabinet.title'),
              value: place.cabinet ? (
                <Link to={routes.cabinet(place.cabinetId)}>{place.cabinetCode}</Link>
              ) : (
                place.cabinetCode
              ),
            },
            { label: t('server.units'), value: unitsText(place) ?? t('cabinet.besideUnits') },
          ]}
        />
      ) : (
        <>
          <p>{t(server.state === 'RETIRED' ? 'server.left' : 'server.notMounted')}</p>
          {server.state !== 'RETIRED' && (
            <p className="jy-quiet-text">{t('server.willTake', { size: modelSize(t, server.model, server.powerW) })}</p>
          )}
        </>
      )}
    </Panel>
  );
}
