import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { WideTable } from '../../../ui/WideTable';
import { GradeMarks } from '../performance.gql';
import { percentText } from '../words';

type Mark = ResultOf<typeof GradeMarks>['marks'][number];

/** Indicator by indicator: what the records said, from where, and what it earned. */
export function MarksPanel({ evaluation }: { evaluation: FragmentOf<typeof GradeMarks> }) {
  const { t } = useTranslation();
  const { marks } = readFragment(GradeMarks, evaluation);
  return (
    <Panel title={t('performance.marks')}>
      <WideTable label={t('performance.marks')}>
        <table className="jy-small-table jy-marks">
          <thead>
            <tr>
              <th scope="col">{t('performance.indicatorLabel')}</th>
              <th scope="col" className="jy-cell-number">
                {t('performance.weight')}
              </th>
              <th scope="col" className="jy-cell-number">
                {t('performance.value')}
              </th>
              <th scope="col" className="jy-cell-number">
                {t('performance.earned')}
              </th>
              <th scope="col">{t('performance.evidence')}</th>
            </tr>
          </thead>
          <tbody>
            {marks.map((mark) => (
              <tr key={mark.indicator}>
                <th scope="row">{t(`performance.indicator.${mark.indicator}`)}</th>
                <td className="jy-cell-number">{mark.weight}%</td>
                <td className="jy-cell-number">
                  <Value mark={mark} />
                </td>
                <td className="jy-cell-number">
                  {mark.applies ? (
                    <meter
                      min={0}
                      max={100}
                      value={mark.marks}
                      className="jy-mark-meter"
                      aria-label={`${mark.marks} / 100`}
                    />
                  ) : null}{' '}
                  {mark.applies ? mark.marks : '–'}
                </td>
                <td>
                  {mark.applies && (
                    <details>
                      <summary>{mark.source}</summary>
                      <ul className="jy-notes">
                        {mark.figures.map((figure) => (
                          <li key={`${figure.label} ${figure.value}`}>
                            {figure.label}: <span className="jy-number">{figure.value}</span>
                          </li>
                        ))}
                      </ul>
                    </details>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </Panel>
  );
}

function Value({ mark }: { mark: Mark }) {
  const { t } = useTranslation();
  if (!mark.applies) return <span className="jy-quiet-text">{t('performance.notAsked')}</span>;
  if (mark.missing) return <span className="jy-tone-waiting">{t('performance.noEvidence')}</span>;
  return <>{percentText(mark.value, '–')}</>;
}
