import { useTranslation } from 'react-i18next';
import { Panel } from '../../../ui/Panel';
import { WideTable } from '../../../ui/WideTable';
import type { Catalog } from '../plans.gql';

export type StandardUse = { key: string; opened: number; closed: number; rolledBack: number };

/** What an edition approves beforehand, and how often it went well: what is taken back often is no standard change. */
export function StandardTable({ catalog, uses }: { catalog: Catalog; uses: readonly StandardUse[] }) {
  const { t } = useTranslation();
  const { entries, number } = catalog;
  const title = number === null ? t('standardChange.draft') : t('standardChange.numbered', { number });
  return (
    <Panel title={title}>
      {entries.length === 0 ? (
        <p className="jy-quiet-text">{t('standardChange.empty')}</p>
      ) : (
        <WideTable label={title}>
          <table className="jy-small-table jy-plan-table">
            <thead>
              <tr>
                <th scope="col">{t('standardChange.key')}</th>
                <th scope="col">{t('standardChange.what')}</th>
                <th scope="col">{t('desk.judged')}</th>
                <th scope="col">{t('standardChange.bounds')}</th>
                <th scope="col">{t('standardChange.use')}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map(({ impact, key, maxMinutes, maxSubjects, plan, rollbackPlan, title: name, urgency }) => {
                const use = uses.find((one) => one.key === key);
                return (
                  <tr key={key}>
                    <th scope="row" className="jy-code jy-nowrap">
                      {key}
                    </th>
                    <td>
                      <strong>{name}</strong>
                      <div className="jy-desk-words">{plan}</div>
                      <div className="jy-desk-words jy-quiet-text">
                        {t('dr.saidOf', { what: t('desk.rollbackPlan'), text: rollbackPlan })}
                      </div>
                    </td>
                    <td>
                      {t(`desk.impacts.${impact}`)} × {t(`desk.urgencies.${urgency}`)}
                    </td>
                    <td>
                      {t('standardChange.minutes', { n: maxMinutes })}
                      <br />
                      {t('standardChange.subjects', { n: maxSubjects })}
                    </td>
                    <td>
                      {use ? (
                        <>
                          {t('standardChange.opened', { n: use.opened })}
                          <br />
                          <span className={use.rolledBack > 0 ? 'jy-desk-late' : 'jy-quiet-text'}>
                            {t('standardChange.rolledBack', { n: use.rolledBack })}
                          </span>
                        </>
                      ) : (
                        '–'
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </WideTable>
      )}
    </Panel>
  );
}
