import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StatementSide } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { exportUrl } from '../../../lib/export-url';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import { ReportLinks } from '../../../ui/ReportLinks';
import { Time } from '../../../ui/Time';
import { WideTable } from '../../../ui/WideTable';
import type { ExportMonthsQuery } from '../exports.gql';

type Month = ResultOf<typeof ExportMonthsQuery>['exportMonths'][number];

/** Closed months and the files of each. */
export function MonthTable({ months, side }: { months: readonly Month[]; side: StatementSide }) {
  const { t } = useTranslation();
  const scope = side === 'CITIES' ? { side } : {};
  return (
    <WideTable label={t('dataExport.months')}>
      <table className="jy-small-table">
        <thead>
          <tr>
            <th scope="col">{t('dataExport.month')}</th>
            <th scope="col" className="jy-cell-number">
              {t('dataExport.amount')}
            </th>
            <th scope="col">{t('dataExport.files')}</th>
            <th scope="col" className="jy-cell-number">
              {t('dataExport.statements')}
            </th>
            <th scope="col" className="jy-cell-number">
              {t('dataExport.lines')}
            </th>
            <th scope="col">{t('dataExport.closedAt')}</th>
          </tr>
        </thead>
        <tbody>
          {months.map(({ amount, closedAt, lines, month, statements }) => (
            <tr key={month}>
              <th scope="row">
                <Link className="jy-export-month" to={`${routes.statements()}?month=${month}`}>
                  {month}
                </Link>
              </th>
              <td className="jy-cell-number">
                <Money fen={amount} />
              </td>
              <td>
                <div className="jy-row-actions">
                  <Button
                    size="small"
                    icon={<DownloadOutlined aria-hidden />}
                    title={t('dataExport.focusHint')}
                    href={exportUrl('focus.csv', { month, ...scope })}
                    download
                  >
                    FOCUS
                  </Button>
                  <ReportLinks size="small" name="statement" query={{ month, ...scope }} />
                </div>
              </td>
              <td className="jy-cell-number">{count(statements)}</td>
              <td className="jy-cell-number">{count(lines)}</td>
              <td>
                <Time at={closedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
