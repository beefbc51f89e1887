import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { IpFamily } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import type { Column } from '../../../ui/table/columns';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { familyName, manyAddresses, stackOf } from '../network-look';
import { FigureParts, type NetworkListRow } from '../networks.gql';
import { AddressBar } from './AddressBar';
import { StackTag } from './StackTag';

type Row = ResultOf<typeof NetworkListRow>;

const figuresOf = (row: Row, family: IpFamily) =>
  readFragment(FigureParts, row.figures ?? []).find((each) => each.family === family);
const prefixOf = (row: Row, family: IpFamily) => (family === 'IPV4' ? row.ipv4Prefix : row.ipv6Prefix);

/** @param counts whether the viewer is told how full networks are. */
export function networkColumns(t: TFunction, counts: boolean): Column<Row>[] {
  const families: readonly IpFamily[] = ['IPV4', 'IPV6'];
  return [
    {
      key: 'code',
      title: t('network.code'),
      leading: true,
      render: (row) => (
        <Link className="jy-code" to={routes.network(row.id)}>
          {row.code}
        </Link>
      ),
      text: (row) => row.code,
    },
    { key: 'name', title: t('network.name'), render: (row) => row.name, text: (row) => row.name },
    {
      key: 'center',
      title: t('resource.center'),
      render: (row) => <CenterMark role={row.center.role} name={row.center.name} />,
      text: (row) => row.center.name,
    },
    {
      key: 'zone',
      title: t('resource.zone'),
      render: (row) => <span className="jy-whole">{t(`zone.${row.zone}`)}</span>,
      text: (row) => t(`zone.${row.zone}`),
    },
    {
      key: 'vlan',
      title: t('network.vlan'),
      numeric: true,
      render: (row) => <span className="jy-number">{row.vlanId ?? '–'}</span>,
      text: (row) => row.vlanId,
    },
    {
      key: 'stack',
      title: t('network.stackTitle'),
      render: (row) => <StackTag stack={stackOf(row)} reason={row.singleStackReason} />,
      text: (row) => t(`network.stack.${stackOf(row)}`),
    },
    ...families.map((family): Column<Row> => {
      return {
        key: family === 'IPV4' ? 'ipv4' : 'ipv6',
        title: familyName[family],
        render: (row) => {
          const figures = figuresOf(row, family);
          const prefix = prefixOf(row, family);
          return prefix ? (
            <span className="jy-family">
              <code>{prefix}</code>
              {figures && <AddressBar figures={figures} />}
            </span>
          ) : (
            <span className="jy-quiet-text">{t('network.noFamily')}</span>
          );
        },
        text: (row) => prefixOf(row, family),
      };
    }),
    // The same figures one by one, for whoever takes them elsewhere.
    ...(counts ? families.flatMap((family) => figureColumns(t, family)) : []),
    {
      key: 'reason',
      title: t('network.singleStackReason'),
      optional: true,
      render: (row) => row.singleStackReason ?? '–',
      text: (row) => row.singleStackReason,
    },
  ];
}

function figureColumns(t: TFunction, family: IpFamily): Column<Row>[] {
  const figures = ['allocated', 'held', 'quarantine', 'free'] as const;
  return figures.map((figure) => ({
    key: `${family}-${figure}`,
    title: `${familyName[family]} ${t(`network.figure.${figure}`)}`,
    numeric: true,
    optional: true,
    render: (row) => {
      const amount = figuresOf(row, family)?.[figure];
      return <span className="jy-number">{amount === undefined ? '–' : manyAddresses(amount)}</span>;
    },
    text: (row) => {
      const amount = figuresOf(row, family)?.[figure];
      if (amount === undefined) return null;
      return Number.isSafeInteger(amount) ? amount : manyAddresses(amount);
    },
  }));
}
