import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Panel } from '../../../ui/Panel';
import { GradeTag } from '../../../ui/performance/GradeTag';
import { GradeHistory } from '../performance.gql';
import { pointsText } from '../words';

/** What followed from it, and every grade that the same system or department had, versions that were replaced among them. */
export function HistoryPanel({ evaluation }: { evaluation: FragmentOf<typeof GradeHistory> }) {
  const { t } = useTranslation();
  const { id, consequences, history, settled } = readFragment(GradeHistory, evaluation);
  return (
    <>
      <Panel title={t('performance.consequences')}>
        {consequences.length === 0 ? (
          <p className="jy-quiet-text">{t(settled ? 'performance.noConsequences' : 'performance.unsettled')}</p>
        ) : (
          <ul className="jy-notes">
            {consequences.map(({ kind, label, caseId }) => (
              <li key={`${kind} ${label}`}>
                {t(`performance.consequence.${kind}`)}{' '}
                {caseId ? (
                  <Link to={routes.reclaimCase(caseId)}>{label}</Link>
                ) : (
                  <span className="jy-number">{label}</span>
                )}
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={t('performance.history')}>
        <table className="jy-small-table">
          <tbody>
            {history.map((one) => (
              <tr key={one.id} aria-current={one.id === id ? 'true' : undefined}>
                <th scope="row">
                  <Link to={routes.grade(one.id)}>{one.period}</Link>
                  {!one.newest && (
                    <span className="jy-quiet-text"> {t('performance.version', { version: one.version })}</span>
                  )}
                </th>
                <td>
                  <GradeTag grade={one.grade} />
                </td>
                <td className="jy-cell-number">{pointsText(one.points)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </>
  );
}
