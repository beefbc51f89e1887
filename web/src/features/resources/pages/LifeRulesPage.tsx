import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { LifeRulesDialog, unitOf } from '../components/LifeRulesDialog';
import { LifeTabs } from '../components/LifeTabs';
import { LifePoliciesQuery, LifePolicyRow } from '../life.gql';

/** The rules by which the calendar acts on terms, reviews, the bin and reclaim; the center changes them. */
export function LifeRulesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ data, error }, ask] = useQuery({ query: LifePoliciesQuery, requestPolicy: 'cache-and-network' });
  const [editing, setEditing] = useState(false);
  const rules = data && readFragment(LifePolicyRow, data.lifePolicies);
  const edit = may('LIFE_POLICY', 'EDIT') && <Button onClick={() => setEditing(true)}>{t('life.rulesEdit')}</Button>;
  return (
    <>
      <PageHeader title={t('life.title')}>{t('life.lead')}</PageHeader>
      <LifeTabs />
      {rules ? (
        <Panel title={t('life.rules')} aside={edit}>
          <p className="jy-quiet-text">{t('life.rulesText')}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
          <section className="jy-scroll-x" tabIndex={0} aria-label={t('life.rules')}>
            <table className="jy-small-table">
              <thead>
                <tr>
                  <th scope="col">{t('life.rule')}</th>
                  <th scope="col">{t('life.value')}</th>
                  <th scope="col">{t('life.range')}</th>
                  <th scope="col">{t('life.changed')}</th>
                </tr>
              </thead>
              <tbody>
                {rules.map((rule) => (
                  <tr key={rule.name}>
                    <th scope="row">{t(`life.policy.${rule.name}`)}</th>
                    <td className="jy-number jy-strong">
                      {rule.value} {t(`life.unit.${unitOf(rule.name)}`)}
                    </td>
                    <td className="jy-number">{`${rule.least}–${rule.most}`}</td>
                    <td>
                      {rule.version === 1 ? (
                        '–'
                      ) : (
                        <>
                          {t('life.changedBy', { name: rule.changedBy })} <Time at={rule.changedAt} />
                        </>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </Panel>
      ) : error ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <LoadingState rows={8} />
      )}
      {editing && rules && <LifeRulesDialog rules={rules} onClose={() => setEditing(false)} />}
    </>
  );
}
