import { WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Money } from '../../../ui/Money';
import { StateTag } from '../../../ui/StateTag';
import { WideTable } from '../../../ui/WideTable';
import { UnpaidParts } from '../budget-years.gql';

/** Use that no budget item pays for, by why, with what to do about it. */
export function UnpaidList({ sums }: { sums: readonly FragmentOf<typeof UnpaidParts>[] }) {
  const { t } = useTranslation();
  const rows = readFragment(UnpaidParts, sums);
  if (rows.length === 0) return null;
  return (
    <WideTable label={t('budgetYear.unpaidTitle')}>
      <table className="jy-small-table" aria-label={t('budgetYear.unpaidTitle')}>
        <thead>
          <tr>
            <th scope="col">{t('budgetYear.unpaidTitle')}</th>
            <th scope="col" className="jy-cell-number">
              {t('budgetYear.uses')}
            </th>
            <th scope="col" className="jy-cell-number">
              {t('budget.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ month, why, uses, amount }) => (
            <tr key={`${month} ${why}`}>
              <th scope="row">
                {month ? `${month} ` : ''}
                <StateTag look={{ tone: 'waiting', icon: WarningOutlined }} word={t(`budgetYear.unpaid.${why}`)} />
                <div className="jy-unpaid-help">{t(`budgetYear.unpaidHelp.${why}`)}</div>
              </th>
              <td className="jy-cell-number">{uses}</td>
              <td className="jy-cell-number">
                <Money fen={amount} compact />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
