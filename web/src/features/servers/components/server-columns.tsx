import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CpuMaker, ServerOrder } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { gibOfMib } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { OriginMark } from '../../../ui/OriginMark';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import type { ServerListRow } from '../servers.gql';
import { HostPhaseTag } from './host-phases';
import { ServerStateTag } from './server-states';
import { acceleratorsText, diskSize, disksText, modelName, unitsText } from './server-words';

type Row = ResultOf<typeof ServerListRow>;

const MIB_PER_GIB = 1_024;
const number = (value: string | number) => <span className="jy-number">{value}</span>;

/** "A 中心 · 一号机房 · A-03 · U12–13": the way to it. Null = it stands nowhere. */
function positionText({ center, place }: Row): string | null {
  if (!place) return null;
  return [center.name, place.cabinet?.room.name, place.cabinetCode, unitsText(place)].filter(Boolean).join(' · ');
}

/** The way to it on two lines: cabinet and units, and under them room and center. */
function Position({ row: { center, place } }: { row: Row }) {
  const { t } = useTranslation();
  const spot = place && [place.cabinetCode, unitsText(place)].filter(Boolean).join(' · ');
  return (
    <div className="jy-server-place">
      <div className="jy-one-line">
        {!place ? (
          <span className="jy-quiet-text">{t('server.notMounted')}</span>
        ) : place.cabinet ? (
          <Link to={routes.cabinet(place.cabinetId)}>{spot}</Link>
        ) : (
          spot
        )}
      </div>
      <div className="jy-cell-second">
        {/* The badge is of the center; its name is said to who cannot see the colour, and shown to who rests on it. */}
        <span title={center.name}>
          {place?.cabinet && <span className="jy-sr-only">{center.name}</span>}
          <CenterMark role={center.role} name={place?.cabinet?.room.name ?? center.name} />
        </span>
      </div>
    </div>
  );
}

/** Who has it: a system, a department without one, or a pool as its host. */
const userText = ({ system, department, pool }: Pick<Row, 'system' | 'department' | 'pool'>): string | null =>
  system?.name ?? department?.name ?? pool?.code ?? null;

export function serverColumns(t: TFunction, makers: ReadonlyMap<CpuMaker, string>): Column<Row, ServerOrder>[] {
  const processor = (row: Row) =>
    `${makers.get(row.cpuMaker) ?? row.cpuMaker} ${t(`architecture.${row.architecture}`)}`;
  return [
    {
      key: 'assetNumber',
      title: t('server.assetNumber'),
      leading: true,
      order: { ascending: 'ASSET_NUMBER' },
      render: (row) => (
        <span className="jy-tags">
          <Link to={routes.server(row.id)}>{row.assetNumber}</Link>
          <OriginMark origin={row.origin} />
        </span>
      ),
      text: (row) => row.assetNumber,
    },
    {
      key: 'origin',
      title: t('origin.title'),
      optional: true,
      render: (row) => (row.origin ? t(`origin.${row.origin}`) : '–'),
      text: (row) => (row.origin ? t(`origin.${row.origin}`) : null),
    },
    {
      key: 'state',
      title: t('server.state'),
      render: (row) => <ServerStateTag state={row.state} />,
      text: (row) => t(`server.states.${row.state}`),
    },
    {
      key: 'serial',
      title: t('server.serial'),
      render: (row) => <span className="jy-code">{row.serial}</span>,
      text: (row) => row.serial,
    },
    {
      key: 'model',
      title: t('server.model'),
      render: (row) => modelName(row.model),
      text: (row) => modelName(row.model),
    },
    {
      key: 'processor',
      title: t('server.processor'),
      render: processor,
      text: processor,
    },
    {
      key: 'cpuModel',
      title: t('server.cpuModel'),
      optional: true,
      render: (row) => row.cpuModel || '–',
      text: (row) => row.cpuModel,
    },
    {
      key: 'domestic',
      title: t('server.domestic'),
      optional: true,
      render: (row) => t(row.domestic ? 'server.yes' : 'server.no'),
      text: (row) => t(row.domestic ? 'server.yes' : 'server.no'),
    },
    {
      key: 'cores',
      title: t('server.cores'),
      numeric: true,
      render: (row) => number(row.cores),
      text: (row) => row.cores,
    },
    {
      key: 'memory',
      title: t('server.memoryGib'),
      numeric: true,
      render: (row) => number(gibOfMib(row.memoryMib)),
      text: (row) => row.memoryMib / MIB_PER_GIB,
    },
    {
      key: 'disks',
      title: t('server.disks'),
      numeric: true,
      render: (row) =>
        row.disks.length > 0 ? (
          <span className="jy-number" title={disksText(row.disks)}>
            {diskSize(row.disks.reduce((sum, disk) => sum + disk.sizeGib * disk.count, 0))}
          </span>
        ) : (
          '–'
        ),
      text: (row) => disksText(row.disks),
    },
    {
      key: 'accelerators',
      title: t('server.accelerators'),
      render: (row) =>
        row.accelerators.length > 0
          ? row.accelerators.map((card) => (
              <div key={card.name} className="jy-one-line">
                {acceleratorsText([card])}
              </div>
            ))
          : '–',
      text: (row) => acceleratorsText(row.accelerators),
    },
    {
      key: 'center',
      title: t('resource.center'),
      optional: true,
      render: (row) => <CenterMark role={row.center.role} name={row.center.name} />,
      text: (row) => row.center.name,
    },
    {
      key: 'position',
      title: t('server.position'),
      render: (row) => <Position row={row} />,
      text: positionText,
    },
    {
      key: 'user',
      title: t('server.user'),
      render: (row) =>
        row.system ? (
          <>
            <Link to={routes.system(row.system.id)}>{row.system.name}</Link>
            {row.department && <div className="jy-cell-second">{row.department.name}</div>}
          </>
        ) : (
          (userText(row) ?? '–')
        ),
      text: userText,
    },
    {
      key: 'department',
      title: t('request.department'),
      optional: true,
      render: (row) => row.department?.name ?? '–',
      text: (row) => row.department?.name ?? null,
    },
    {
      key: 'power',
      title: t('server.powerW'),
      numeric: true,
      optional: true,
      render: (row) => number(row.powerW ?? row.model.nameplatePowerW ?? '–'),
      text: (row) => row.powerW ?? row.model.nameplatePowerW,
    },
    {
      key: 'host',
      title: t('server.host.title'),
      optional: true,
      render: (row) => (row.host ? <HostPhaseTag phase={row.host.phase} /> : '–'),
      text: (row) => (row.host ? t(`server.host.phases.${row.host.phase}`) : null),
    },
    {
      key: 'clusterHost',
      title: t('server.clusterHost'),
      optional: true,
      render: (row) => (row.clusterHost ? <span className="jy-code">{row.clusterHost}</span> : '–'),
      text: (row) => row.clusterHost,
    },
    {
      key: 'purchasedOn',
      title: t('server.purchasedOn'),
      optional: true,
      render: (row) => number(row.purchasedOn ?? '–'),
      text: (row) => row.purchasedOn,
    },
    {
      key: 'warrantyUntil',
      title: t('server.warrantyUntil'),
      optional: true,
      render: (row) => number(row.warrantyUntil ?? '–'),
      text: (row) => row.warrantyUntil,
    },
    {
      key: 'createdAt',
      title: t('server.registeredAt'),
      optional: true,
      order: { descending: 'NEWEST' },
      render: (row) => <Time at={row.createdAt} />,
      text: (row) => exactTime(row.createdAt),
    },
  ];
}
