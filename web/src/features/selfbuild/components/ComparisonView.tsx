import { FileExcelOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { yuanOfFen } from '../../../lib/money';
import { routes } from '../../../lib/routes';
import { saveWorkbook } from '../../../lib/save-table';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { WideTable } from '../../../ui/WideTable';
import { type Comparison, howText, percentText, shareText, sheetsOf, USE_COLUMNS } from '../selfbuild-words';
import { CumulativeChart } from './CumulativeChart';

/** Both sides, what building consists of, and from which use and assumptions: enough to reckon it again. */
export function ComparisonView({ found }: { found: Comparison }) {
  const { t } = useTranslation();
  const { edition, years } = found;
  const cheaper = BigInt(found.savings) < 0n;
  const number = edition.number ?? 0;
  const figures = [
    { label: t('selfBuild.selfBuildTotal', { years }), value: <Money fen={found.selfBuild} compact /> },
    { label: t('selfBuild.jiyunTotal', { years }), value: <Money fen={found.jiyun} compact /> },
    {
      label: t(cheaper ? 'selfBuild.dearer' : 'selfBuild.savings'),
      value: <Money fen={cheaper ? found.savings.slice(1) : found.savings} compact />,
      note:
        found.savingsPart === null
          ? null
          : t('selfBuild.ofSelfBuild', { percent: percentText(Math.abs(found.savingsPart)) }),
    },
  ];
  const name = `${t('selfBuild.title')} ${found.subjectName ?? ''} ${found.last}`;
  return (
    <>
      <ul className="jy-figures" aria-label={t('selfBuild.figures')}>
        {figures.map(({ label, note, value }) => (
          <li key={label} className="jy-figure">
            <div>
              <span className="jy-figure-label">{label}</span>
              <span className="jy-figure-value">{value}</span>
              {note && <span className="jy-finance-note">{note}</span>}
            </div>
          </li>
        ))}
      </ul>
      <Panel title={t('selfBuild.chart')}>
        <CumulativeChart found={found} />
      </Panel>
      <Panel
        title={t('selfBuild.lines')}
        aside={
          <Button
            size="small"
            icon={<FileExcelOutlined aria-hidden />}
            onClick={() => void saveWorkbook(name, sheetsOf(t, found))}
          >
            {t('selfBuild.excel')}
          </Button>
        }
      >
        <WideTable label={t('selfBuild.lines')}>
          <table className="jy-small-table jy-finance-table jy-self-build-lines" aria-label={t('selfBuild.lines')}>
            <thead>
              <tr>
                <th scope="col">{t('selfBuild.line')}</th>
                <th scope="col">{t('selfBuild.how')}</th>
                <th scope="col" className="jy-cell-number">
                  {t('selfBuild.amount')}
                </th>
                <th scope="col" className="jy-cell-number">
                  {t('selfBuild.share')}
                </th>
              </tr>
            </thead>
            <tbody>
              {found.lines
                .filter(({ amount }) => amount !== '0')
                .map(({ amount, key, terms }) => (
                  <tr key={key}>
                    <th scope="row">{t(`selfBuild.lineNames.${key}`)}</th>
                    <td className="jy-quiet-text">{howText(t, terms)}</td>
                    <td className="jy-cell-number">
                      <Money fen={amount} />
                    </td>
                    <td className="jy-cell-number">{shareText(amount, found.selfBuild)}</td>
                  </tr>
                ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t('selfBuild.total')}</th>
                <td />
                <td className="jy-cell-number">
                  <Money fen={found.selfBuild} />
                </td>
                <td />
              </tr>
            </tfoot>
          </table>
        </WideTable>
      </Panel>
      <Panel title={t('selfBuild.use', { first: found.first, last: found.last })}>
        <WideTable label={t('selfBuild.sheets.use')}>
          <table className="jy-small-table jy-finance-table jy-self-build-use" aria-label={t('selfBuild.sheets.use')}>
            <thead>
              <tr>
                <th scope="col">{t('selfBuild.center')}</th>
                {USE_COLUMNS.map((column) => (
                  <th key={column} scope="col" className="jy-cell-number">
                    {t(`selfBuild.columns.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.sites.map((site) => (
                <tr key={site.centerName ?? ''}>
                  <th scope="row">{site.centerName ?? t('selfBuild.noCenter')}</th>
                  {USE_COLUMNS.map((column) => (
                    <td key={column} className="jy-cell-number">
                      {site[column] === '0' ? '–' : site[column]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      </Panel>
      <Panel
        title={t('selfBuild.notes')}
        aside={<Link to={routes.selfBuildAssumptions(edition.id)}>{t('selfBuild.toAssumptions')}</Link>}
      >
        <ul className="jy-notes">
          <li>{t('selfBuild.noteEdition', { number, by: edition.publishedBy ?? '–' })}</li>
          <li>{t('selfBuild.noteBase', { months: found.months, amount: yuanOfFen(found.accounted) })}</li>
          <li>{t('selfBuild.noteBuild')}</li>
          {found.beside !== '0' && <li>{t('selfBuild.noteBeside', { amount: yuanOfFen(found.beside) })}</li>}
          {found.draftedMonths.length > 0 && (
            <li>{t('selfBuild.noteDrafted', { months: found.draftedMonths.join(t('common.comma')) })}</li>
          )}
        </ul>
      </Panel>
    </>
  );
}
