import { useTranslation } from 'react-i18next';
import { count } from '../../../lib/quantity';
import { Panel } from '../../../ui/Panel';
import { WideTable } from '../../../ui/WideTable';
import type { DrillRule } from '../drills.gql';

/** What an edition says. */
export function RuleTable({ edition }: { edition: DrillRule }) {
  const { t } = useTranslation();
  return (
    <Panel title={edition.number === null ? t('drill.ruleDraft') : t('drill.ruleNumbered', { number: edition.number })}>
      <WideTable label={t('drill.ruleTitle')}>
        <table className="jy-small-table">
          <thead>
            <tr>
              <th scope="col">{t('drill.kindLabel')}</th>
              <th scope="col">{t('drill.ruleOfWhom')}</th>
              <th scope="col" className="jy-cell-number">
                {t('drill.ruleEvery')}
              </th>
              <th scope="col" className="jy-cell-number">
                {t('drill.ruleWarn')}
              </th>
            </tr>
          </thead>
          <tbody>
            {edition.lines.map(({ everyDays, kind, onlyProtected, warnDays }) => (
              <tr key={kind}>
                <th scope="row">{t(`drill.kind.${kind}`)}</th>
                <td>{t(onlyProtected ? 'drill.ruleOnlyProtected' : 'drill.ruleEverybody')}</td>
                <td className="jy-cell-number">{t('drill.days', { n: count(everyDays) })}</td>
                <td className="jy-cell-number">{t('drill.days', { n: count(warnDays) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
      <p>{t('drill.ruleRectifyText', { n: count(edition.rectifyDays) })}</p>
    </Panel>
  );
}
