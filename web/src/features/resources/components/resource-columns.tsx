import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResourceOrder, UseFinding } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { count, machineSize } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { Money } from '../../../ui/Money';
import { OriginMark } from '../../../ui/OriginMark';
import { StateTag } from '../../../ui/StateTag';
import { PowerStateTag, ResourceStateTag } from '../../../ui/states';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { PlaceMark } from '../../../ui/three-centers/PlaceMark';
import type { ResourceRow } from '../resources.gql';
import { percentText } from '../use-days';
import { useFindings } from '../use-findings';

type Row = ResultOf<typeof ResourceRow>;

/** As it stands now; the list was summed within the hour, so one of its machines may have just become busy. */
const findingOf = ({ sizeSuggestion, use }: Row): UseFinding | null =>
  use.idle ? 'IDLE' : sizeSuggestion ? 'OVERSIZED' : null;

/** What would do where it is too big; one that is idle is to be given back instead. */
const smallerOf = ({ sizeSuggestion, use }: Row): string | null =>
  sizeSuggestion && !use.idle ? machineSize(sizeSuggestion.vcpu, sizeSuggestion.memoryMib) : null;

/** A month, given back where it is idle, made smaller where it is too big. */
const savedOf = ({ monthlyCost, sizeSuggestion, use }: Row) =>
  use.idle ? monthlyCost : (sizeSuggestion?.savedMonthly ?? null);

/** @param use whether the list is about what machines use: its figures are shown without being asked for. */
export function resourceColumns(t: TFunction, use = false): Column<Row, ResourceOrder>[] {
  return [
    {
      key: 'name',
      title: t('resource.name'),
      leading: true,
      order: { ascending: 'NAME' },
      render: (row) => (
        <span className="jy-tags">
          <Link to={routes.resource(row.id)}>{row.name}</Link>
          <OriginMark origin={row.origin} />
        </span>
      ),
      text: (row) => row.name,
    },
    {
      key: 'origin',
      title: t('origin.title'),
      optional: true,
      render: (row) => t(`origin.${row.origin}`),
      text: (row) => t(`origin.${row.origin}`),
    },
    {
      key: 'code',
      title: t('resource.code'),
      optional: true,
      render: (row) => <span className="jy-code">{row.code}</span>,
      text: (row) => row.code,
    },
    {
      key: 'state',
      title: t('resource.state'),
      optional: use,
      render: (row) => (
        <span className="jy-tags">
          <ResourceStateTag state={row.state} />
          {row.stale && row.observedAt && <span className="jy-mark jy-mark-stale">{t('resource.stale')}</span>}
        </span>
      ),
      text: (row) => t(`state.resource.${row.state}`),
    },
    {
      key: 'power',
      title: t('resource.power'),
      render: (row) => <PowerStateTag state={row.power} />,
      text: (row) => t(`state.power.${row.power}`),
    },
    {
      key: 'addresses',
      title: t('resource.addresses'),
      optional: use,
      render: (row) =>
        row.addresses.length === 0 ? (
          '–'
        ) : (
          <span className="jy-codes">
            {row.addresses.map((address) => (
              <code key={address}>{address}</code>
            ))}
          </span>
        ),
      text: (row) => row.addresses.join(' '),
    },
    {
      key: 'size',
      title: t('resource.size'),
      render: (row) => (
        <span className="jy-number">{`${machineSize(row.vcpu, row.memoryMib)} · ${count(row.diskGib)} GiB`}</span>
      ),
      text: (row) => `${machineSize(row.vcpu, row.memoryMib)} ${row.diskGib} GiB`,
    },
    {
      key: 'center',
      title: t('resource.center'),
      render: (row) => <PlaceMark center={row.center} />,
      text: (row) => row.center?.name ?? t('place.elsewhere'),
    },
    { key: 'system', title: t('request.system'), render: (row) => row.system.name, text: (row) => row.system.name },
    {
      key: 'department',
      title: t('request.department'),
      optional: true,
      render: (row) => row.department.name,
      text: (row) => row.department.name,
    },
    ...(['cpuP95', 'memoryP95'] as const).map(
      (key): Column<Row, ResourceOrder> => ({
        key,
        title: t(`use.${key}`),
        optional: !use,
        numeric: true,
        render: ({ use: used }) => (used[key] === null ? '–' : percentText(used[key])),
        text: ({ use: used }) => (used[key] === null ? null : used[key].toFixed(1)),
      }),
    ),
    ...(use
      ? ([
          {
            // With the size that would do beside it, or below where there is no room: a column of its own is one too many.
            key: 'finding',
            title: t('use.finding'),
            render: (row) => {
              const [finding, smaller] = [findingOf(row), smallerOf(row)];
              if (!finding) return '–';
              return (
                <span className="jy-tags">
                  <StateTag look={useFindings[finding]} word={t(`use.filter.${finding}`)} />
                  {smaller && <span className="jy-number">{t('use.suggestedSize', { size: smaller })}</span>}
                </span>
              );
            },
            text: (row) => {
              const finding = findingOf(row);
              return finding && t(`use.filter.${finding}`);
            },
          },
          {
            key: 'suggested',
            title: t('use.suggested'),
            optional: true,
            render: (row) => smallerOf(row) ?? '–',
            text: smallerOf,
          },
          {
            key: 'saved',
            title: t('use.saved'),
            numeric: true,
            render: (row) => <Money fen={savedOf(row)} />,
            text: (row) => {
              const fen = savedOf(row);
              return fen == null ? null : yuanCell(fen);
            },
          },
        ] satisfies Column<Row, ResourceOrder>[])
      : []),
    {
      key: 'monthlyCost',
      title: t('request.monthlyCost'),
      // Of an idle one it is what would be saved; both beside each other do not fit at 1440 px.
      optional: use,
      numeric: true,
      render: (row) => <Money fen={row.monthlyCost} />,
      text: (row) => (row.monthlyCost === null ? null : yuanCell(row.monthlyCost)),
    },
    {
      key: 'createdAt',
      title: t('resource.createdAt'),
      optional: use,
      order: { descending: 'NEWEST' },
      render: (row) => <Time at={row.createdAt} />,
      text: (row) => exactTime(row.createdAt),
    },
  ];
}
