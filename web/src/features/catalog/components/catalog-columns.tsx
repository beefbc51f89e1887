import { CheckCircleOutlined, StopOutlined } from '@ant-design/icons';
import type { TFunction } from 'i18next';
import { yuanCell } from '../../../lib/csv';
import { Money } from '../../../ui/Money';
import { StateTag } from '../../../ui/StateTag';
import type { Column } from '../../../ui/table/columns';
import type { CatalogRow, Kind } from './catalog-rows';

const looks = {
  OFFERED: { tone: 'good', icon: CheckCircleOutlined },
  WITHDRAWN: { tone: 'quiet', icon: StopOutlined },
} as const;

export function catalogColumns(t: TFunction, kind: Kind, open: (id: string) => void): Column<CatalogRow>[] {
  const columns: Column<CatalogRow>[] = [
    {
      key: 'name',
      title: t(`catalog.kind.${kind}`),
      leading: true,
      render: (row) => (
        <button type="button" className="jy-link-button" onClick={() => open(row.id)}>
          {row.name}
        </button>
      ),
      text: (row) => row.name,
    },
    {
      key: 'code',
      title: t('catalog.code'),
      render: (row) => <span className="jy-code">{row.code}</span>,
      text: (row) => row.code,
    },
  ];
  if (kind === 'Offer' || kind === 'ServerOffer' || kind === 'Image')
    columns.push({
      key: 'architecture',
      title: t('catalog.architecture'),
      render: (row) => (
        <>
          {row.architecture && t(`architecture.${row.architecture}`)}
          {row.domestic && <span className="jy-mark">{t('request.domestic')}</span>}
        </>
      ),
      text: (row) => row.architecture && t(`architecture.${row.architecture}`),
    });
  columns.push({
    key: 'facts',
    title: t('catalog.facts'),
    render: (row) => row.facts.join(' · '),
    text: (row) => row.facts.join(' '),
  });
  if (kind !== 'Image')
    columns.push({
      key: 'monthlyPrice',
      title: t('catalog.monthlyPrice'),
      numeric: true,
      render: (row) => <Money fen={row.monthlyPrice} />,
      text: (row) => (row.monthlyPrice == null ? null : yuanCell(row.monthlyPrice)),
    });
  columns.push({
    key: 'status',
    title: t('catalog.status'),
    render: (row) => <StateTag look={looks[row.status]} word={t(`catalog.statuses.${row.status}`)} />,
    text: (row) => t(`catalog.statuses.${row.status}`),
  });
  return columns;
}
