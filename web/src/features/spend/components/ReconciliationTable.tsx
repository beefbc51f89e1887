import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Money } from '../../../ui/Money';
import { WideTable } from '../../../ui/WideTable';
import type { Cell } from './ReconciliationBars';

const QUANTITY = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const columns = ['spend', 'accounted', 'unallocated', 'cities', 'explained', 'unexplained'] as const;

type Props = {
  caption: string;
  cells: readonly Cell[];
  total: Cell;
  /** Left out = its rows are sums, made of other tables' rows. */
  onOpen?: (month: string) => void;
};

/** Month by month, with the sum; what nobody has explained stands out. */
export function ReconciliationTable({ caption, cells, total, onOpen }: Props) {
  const { t } = useTranslation();
  const row = (cell: Cell) => (
    <>
      {columns.map((name) => (
        <td
          key={name}
          className="jy-cell-number"
          data-label={t(`reconcile.${name}`)}
          data-bad={name === 'unexplained' && cell.unexplained !== '0'}
        >
          <Money fen={cell[name]} compact />
        </td>
      ))}
      <td className="jy-cell-number" data-label={t('reconcile.vcpuMonths')}>
        {QUANTITY.format(cell.vcpuMonths)}
      </td>
      <td className="jy-cell-number" data-label={t('reconcile.spendUnit')}>
        {cell.spendPerVcpuMonth === null ? '–' : <Money fen={cell.spendPerVcpuMonth} />}
      </td>
      <td className="jy-cell-number" data-label={t('reconcile.accountedUnit')}>
        {cell.accountedPerVcpuMonth === null ? '–' : <Money fen={cell.accountedPerVcpuMonth} />}
      </td>
    </>
  );
  return (
    <WideTable label={caption}>
      <table className="jy-small-table jy-reconcile-table" aria-label={caption}>
        <thead>
          <tr>
            <th scope="col">{t('reconcile.month')}</th>
            {columns.map((name) => (
              <th key={name} scope="col" className="jy-cell-number">
                {t(`reconcile.${name}`)}
              </th>
            ))}
            {(['vcpuMonths', 'spendUnit', 'accountedUnit'] as const).map((name) => (
              <th key={name} scope="col" className="jy-cell-number">
                {t(`reconcile.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.month}>
              <th scope="row">
                {onOpen ? (
                  <Button
                    type="link"
                    size="small"
                    aria-label={t('reconcile.open', { month: cell.month })}
                    onClick={() => onOpen(cell.month)}
                  >
                    {cell.month}
                  </Button>
                ) : (
                  cell.month
                )}
              </th>
              {row(cell)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('spend.total')}</th>
            {row(total)}
          </tr>
        </tfoot>
      </table>
    </WideTable>
  );
}
