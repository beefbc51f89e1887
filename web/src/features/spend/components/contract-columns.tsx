import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import { StateTag } from '../../../ui/StateTag';
import type { Column } from '../../../ui/table/columns';
import type { ContractRow, SupplierRow } from '../spend.gql';
import { CeilingBar } from './CeilingBar';
import { dayBefore, spendStates } from './spend-words';

export type ContractListRow = ResultOf<typeof ContractRow>;
type SupplierListRow = ResultOf<typeof SupplierRow>;

const money = (
  key: 'ceiling' | 'accepted' | 'deducted' | 'paid',
  title: string,
  optional = false,
): Column<ContractListRow> => ({
  ...{ key, title, optional, numeric: true },
  render: ({ figures }) => <Money fen={figures[key]} compact />,
  text: ({ figures }) => yuanCell(figures[key]),
});

/** While an advance is out nothing can be paid, and what is out stands beside it. */
function Payable({ row, t }: { row: ContractListRow; t: TFunction }) {
  const { outstanding } = row.advance;
  if (outstanding === '0') return <Money fen={row.payable} compact />;
  return (
    <>
      <Money fen="0" compact />
      <div className="jy-quiet-text">
        {t('contract.advanceOut')} <Money fen={outstanding} compact />
      </div>
    </>
  );
}

export function contractColumns(t: TFunction): Column<ContractListRow>[] {
  return [
    {
      ...{ key: 'name', title: t('contract.name'), leading: true },
      render: (row) => <Link to={routes.contract(row.id)}>{row.name}</Link>,
      text: (row) => row.name,
    },
    {
      ...{ key: 'number', title: t('contract.number') },
      render: (row) => <span className="jy-code">{row.number}</span>,
      text: (row) => row.number,
    },
    {
      ...{ key: 'supplier', title: t('contract.supplier') },
      render: (row) => row.supplier.name,
      text: (row) => row.supplier.name,
    },
    {
      ...{ key: 'kind', title: t('contract.kind'), optional: true },
      render: (row) => t(`spend.kinds.${row.kind}`),
      text: (row) => t(`spend.kinds.${row.kind}`),
    },
    {
      ...{ key: 'period', title: t('contract.period') },
      render: (row) => <span className="jy-number">{periodText(t, row)}</span>,
      text: (row) => periodText(t, row),
    },
    money('ceiling', t('spend.figures.ceiling'), true),
    money('accepted', t('spend.figures.accepted')),
    money('deducted', t('spend.figures.deducted'), true),
    {
      ...{ key: 'use', title: t('spend.figures.paid') },
      render: (row) => <CeilingBar figures={row.figures} />,
      text: (row) => yuanCell(row.figures.paid),
    },
    {
      ...{ key: 'payable', title: t('spend.figures.payable'), numeric: true },
      render: (row) => <Payable row={row} t={t} />,
      text: (row) => yuanCell(row.advance.outstanding === '0' ? row.payable : '0'),
    },
    {
      ...{ key: 'advance', title: t('contract.advanceOut'), numeric: true, optional: true },
      render: (row) => <Money fen={row.advance.outstanding} compact />,
      text: (row) => yuanCell(row.advance.outstanding),
    },
    {
      ...{ key: 'state', title: t('spend.state') },
      render: (row) => <StateTag look={spendStates[row.state]} word={t(`spend.states.${row.state}`)} />,
      text: (row) => t(`spend.states.${row.state}`),
    },
  ];
}

export function periodText(t: TFunction, { from, to }: { from: string; to: string }): string {
  return t('contract.periodOf', { from, to: dayBefore(to) });
}

export function supplierColumns(t: TFunction): Column<SupplierListRow>[] {
  return [
    {
      ...{ key: 'name', title: t('supplier.name'), leading: true },
      render: (row) => <Link to={routes.contractsOf(row.id)}>{row.name}</Link>,
      text: (row) => row.name,
    },
    {
      ...{ key: 'creditCode', title: t('supplier.creditCode') },
      render: (row) => <span className="jy-code">{row.creditCode}</span>,
      text: (row) => row.creditCode,
    },
    { ...{ key: 'contact', title: t('supplier.contact') }, render: (row) => row.contact, text: (row) => row.contact },
    {
      ...{ key: 'phone', title: t('supplier.phone') },
      render: (row) => <span className="jy-number">{row.phone}</span>,
      text: (row) => row.phone,
    },
    {
      ...{ key: 'contracts', title: t('supplier.contracts'), numeric: true },
      render: (row) => row.sums.count,
      text: (row) => row.sums.count,
    },
    {
      ...{ key: 'ceiling', title: t('supplier.ceiling'), numeric: true },
      render: (row) => <Money fen={row.sums.ceiling} compact />,
      text: (row) => yuanCell(row.sums.ceiling),
    },
    {
      ...{ key: 'paid', title: t('supplier.paid'), numeric: true },
      render: (row) => <Money fen={row.sums.paid} compact />,
      text: (row) => yuanCell(row.sums.paid),
    },
  ];
}
