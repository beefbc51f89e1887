import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { RulesDialog } from '../components/RulesDialog';
import { GoLivePolicyParts, GoLivePolicyQuery } from '../golive.gql';
import { DAY_RULES, unitOf } from '../rules';

type Policy = ResultOf<typeof GoLivePolicyParts>;

/** By which rules systems go live: days, who signs, which papers; another edition is published, none is changed. */
export function GoLiveRulesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ data, error }, ask] = useQuery({ query: GoLivePolicyQuery, requestPolicy: 'cache-and-network' });
  const [editing, setEditing] = useState(false);
  const list = <Link to={routes.goLives()}>{t('goLive.title')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={list}
      />
    ) : (
      <LoadingState rows={10} />
    );
  const policy = readFragment(GoLivePolicyParts, data.goLivePolicy);
  return (
    <>
      <PageHeader title={t('goLive.rules')} back={list}>
        {t('goLive.rulesLead')}
      </PageHeader>
      <Panel
        title={t('goLive.edition', { number: policy.number })}
        aside={may('LIFE_POLICY', 'EDIT') && <Button onClick={() => setEditing(true)}>{t('goLive.rulesEdit')}</Button>}
      >
        <p className="jy-quiet-text">
          {t('goLive.publishedBy', { name: policy.publishedBy })} <Time at={policy.publishedAt} exact />
        </p>
        <RuleTable policy={policy} />
      </Panel>
      {editing && <RulesDialog policy={policy} onClose={() => setEditing(false)} />}
    </>
  );
}

function RuleTable({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const from = (level: number) => (level === 1 ? t('goLive.always') : t('goLive.fromLevel', { level }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
    <section className="jy-scroll-x" tabIndex={0} aria-label={t('goLive.rules')}>
      <table className="jy-small-table">
        <thead>
          <tr>
            <th scope="col">{t('goLive.rule')}</th>
            <th scope="col">{t('goLive.value')}</th>
          </tr>
        </thead>
        <tbody>
          {DAY_RULES.map((name) => (
            <tr key={name}>
              <th scope="row">{t(`goLive.policy.${name}`)}</th>
              <td className="jy-number jy-strong">{t(`goLive.${unitOf(name)}`, { total: policy[name] })}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('goLive.trialDayKind')}</th>
            <td className="jy-strong">{t(`goLive.dayKind.${policy.trialDayKind}`)}</td>
          </tr>
          {policy.parties.map(({ party, fromLevel }) => (
            <tr key={party}>
              <th scope="row">
                {t('goLive.partiesRule')} · {t(`goLive.party.${party}`)}
              </th>
              <td>{from(fromLevel)}</td>
            </tr>
          ))}
          {policy.documents.map(({ kind, fromLevel }) => (
            <tr key={kind}>
              <th scope="row">
                {t('goLive.documentsRule')} · {t(`goLive.document.${kind}`)}
              </th>
              <td>{from(fromLevel)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
