import { CheckCircleOutlined, ExclamationCircleOutlined, FieldTimeOutlined, WarningOutlined } from '@ant-design/icons';
import type { TFunction } from 'i18next';
import type { ResultOf } from '../../../graphql/tada';
import { StateTag } from '../../../ui/StateTag';
import type { Column } from '../../../ui/table/columns';
import type { PriceItemRow } from '../prices.gql';
import { reachText, shortPrice } from './price-words';

export type PriceRow = ResultOf<typeof PriceItemRow>;

const inForce = (row: PriceRow) => row.versions.filter((version) => version.state === 'IN_FORCE');
const coming = (row: PriceRow) => row.versions.filter((version) => version.state === 'COMING');
const priceLines = (t: TFunction, row: PriceRow) =>
  inForce(row).map((version) => ({
    id: version.id,
    reach: reachText(t, version),
    price: shortPrice(t, version),
  }));

export function priceColumns(t: TFunction, open: (id: string) => void): Column<PriceRow>[] {
  return [
    {
      key: 'name',
      title: t('price.item'),
      leading: true,
      render: (row) => (
        <button type="button" className="jy-link-button" onClick={() => open(row.id)}>
          {row.name}
        </button>
      ),
      text: (row) => row.name,
    },
    {
      key: 'meter',
      title: t('price.meter'),
      render: (row) => <span className="jy-code">{row.meter}</span>,
      text: (row) => row.meter,
    },
    { key: 'unit', title: t('price.unit'), render: (row) => row.unit, text: (row) => row.unit },
    {
      key: 'now',
      title: t('price.now'),
      render: (row) => (
        <ul className="jy-price-lines">
          {priceLines(t, row).map(({ id, reach, price }) => (
            <li key={id}>
              <span className="jy-quiet-text">{reach}</span> <span className="jy-number">{price}</span>
            </li>
          ))}
        </ul>
      ),
      text: (row) =>
        priceLines(t, row)
          .map(({ reach, price }) => `${reach} ${price}`)
          .join('; '),
    },
    {
      key: 'next',
      title: t('price.next'),
      render: (row) => coming(row)[0]?.from ?? '–',
      text: (row) => coming(row)[0]?.from ?? null,
    },
    {
      key: 'state',
      title: t('price.state'),
      render: (row) => <ItemState row={row} t={t} />,
      text: (row) => t(`price.itemState.${stateOf(row)}`),
    },
  ];
}

const looks = {
  PRICED: { tone: 'good', icon: CheckCircleOutlined },
  COMING: { tone: 'waiting', icon: FieldTimeOutlined },
  GAP: { tone: 'bad', icon: WarningOutlined },
  NONE: { tone: 'bad', icon: ExclamationCircleOutlined },
} as const;

function stateOf(row: PriceRow): keyof typeof looks {
  if (row.gaps.length > 0) return 'GAP';
  if (inForce(row).length > 0) return 'PRICED';
  return coming(row).length > 0 ? 'COMING' : 'NONE';
}

function ItemState({ row, t }: { row: PriceRow; t: TFunction }) {
  const state = stateOf(row);
  return <StateTag look={looks[state]} word={t(`price.itemState.${state}`)} />;
}
