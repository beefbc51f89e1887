import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { type Fact, Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import type { PerformanceEditionParts } from '../rules.gql';
import { percentText } from '../words';

type Rule = ResultOf<typeof PerformanceEditionParts>['rule'];

/** A rule as people read it: weights and bands, then what follows from a grade. */
export function RuleView({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const facts: Fact[] = [
    {
      label: t('performance.gradesFrom'),
      value: t('performance.gradesFromText', {
        excellent: rule.excellentFrom,
        good: rule.goodFrom,
        fair: rule.fairFrom,
      }),
    },
    { label: t('performance.leastEvidence'), value: `${rule.leastEvidencePercent}%` },
    { label: t('performance.appealDays'), value: t('performance.workingDays', { total: rule.appealWorkingDays }) },
    {
      label: t('performance.poorOpensCases'),
      value: t(rule.poorOpensCases ? 'performance.yes' : 'performance.no'),
    },
    { label: t('performance.excellentQuota'), value: `+${rule.excellentQuotaPercent}%` },
    {
      label: t('performance.assessedWithin'),
      value: t('performance.assessedWithinText', {
        level2: rule.level2Days,
        level3: rule.level3Days,
        crypto: rule.cryptoDays,
      }),
    },
    {
      label: t('performance.availabilityTarget'),
      value: `${rule.availabilityTarget / 1_000}%`,
    },
    {
      label: t('performance.selfWindow'),
      value: t('performance.selfWindowText', { from: rule.selfEvaluationFromMonths, to: rule.selfEvaluationToMonths }),
    },
  ];
  return (
    <>
      <Panel title={t('performance.indicators')}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
        <section className="jy-scroll-x" tabIndex={0} aria-label={t('performance.indicators')}>
          <table className="jy-small-table">
            <thead>
              <tr>
                <th scope="col">{t('performance.indicatorLabel')}</th>
                <th scope="col" className="jy-cell-number">
                  {t('performance.weight')}
                </th>
                <th scope="col">{t('performance.bands')}</th>
                <th scope="col" className="jy-cell-number">
                  {t('performance.missingMarks')}
                </th>
                <th scope="col">{t('performance.fromLevel')}</th>
                <th scope="col">{t('performance.zeroCaps')}</th>
              </tr>
            </thead>
            <tbody>
              {rule.indicators.map((one) => (
                <tr key={one.indicator}>
                  <th scope="row">
                    {t(`performance.indicator.${one.indicator}`)}
                    <br />
                    <span className="jy-quiet-text jy-plain">{t(`performance.indicatorText.${one.indicator}`)}</span>
                  </th>
                  <td className="jy-cell-number">{one.weight}%</td>
                  <td className="jy-number">
                    {one.bands
                      .map(
                        ({ bound, marks }) =>
                          `${one.indicator === 'COST' ? '≤' : '≥'} ${percentText(bound, '')}: ${marks}`,
                      )
                      .join(' · ')}
                  </td>
                  <td className="jy-cell-number">{one.missingMarks}</td>
                  <td>{t('performance.level', { level: one.fromLevel })}</td>
                  <td>{one.zeroCaps ? t(`performance.grade.${one.zeroCaps}`) : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Panel>
      <Panel title={t('performance.whatFollows')}>
        <Facts facts={facts} />
      </Panel>
    </>
  );
}
