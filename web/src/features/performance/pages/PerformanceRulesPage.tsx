import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { routes } from '../../../lib/routes';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { DraftProblems } from '../../../ui/DraftProblems';
import { EditionList } from '../../../ui/editions/EditionList';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { RuleView } from '../components/RuleView';
import { BeginRuleDialog, RuleActDialog } from '../forms/RuleDialogs';
import { RuleForm } from '../forms/RuleForm';
import { PerformanceEditionParts, PerformanceRulesQuery } from '../rules.gql';

type Edition = ResultOf<typeof PerformanceEditionParts>;
type Open = 'begin' | 'discard' | 'publish' | null;
const spec = { edition: urlText() };

/** 绩效评价规则: by what everybody is graded, since when, and the draft of what comes next for those who keep it. */
export function PerformanceRulesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ edition: chosen }, setUrl] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({ query: PerformanceRulesQuery, requestPolicy: 'cache-and-network' });
  const [open, setOpen] = useState<Open>(null);
  const back = <Link to={routes.grades()}>{t('performance.title')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={back}
      />
    ) : (
      <LoadingState rows={12} />
    );
  const editions = readFragment(PerformanceEditionParts, data.performanceEditions);
  const draft = editions.find(({ number }) => number === null) ?? null;
  const inForce = editions.find((edition) => edition.inForce) ?? null;
  const shown = editions.find(({ id }) => id === chosen) ?? draft ?? inForce;
  const isDraft = shown !== null && shown === draft;
  const edits = may('PERFORMANCE', 'EDIT');
  return (
    <>
      <PageHeader
        title={t('performance.rules')}
        back={back}
        actions={
          <>
            {edits && !draft && (
              <Button type="primary" onClick={() => setOpen('begin')}>
                {t('gates.begin')}
              </Button>
            )}
            {edits && draft && <Button onClick={() => setOpen('discard')}>{t('gates.discard')}</Button>}
            {may('PERFORMANCE', 'REVIEW') && draft && (
              <Button type="primary" onClick={() => setOpen('publish')}>
                {t('gates.publish')}
              </Button>
            )}
          </>
        }
      >
        {t('performance.rulesLead')}
      </PageHeader>
      <Panel title={t('gates.versions')}>
        <EditionList
          editions={editions}
          shown={shown}
          onShow={(id) => setUrl({ edition: id })}
          words={{
            label: t('gates.versions'),
            draft: t('gates.draft'),
            numbered: (number) => t('gates.edition', { number }),
            inForce: t('gates.inForce'),
            from: (date) => t('gates.from', { date }),
            publishedBy: (name) => t('gates.publishedBy', { name }),
            changedBy: (name) => t('gates.changedBy', { name }),
          }}
        />
      </Panel>
      {isDraft && <Problems draft={shown} />}
      {isDraft && edits ? (
        // A saved draft comes back with another version: the form begins with what was kept.
        <RuleForm key={`${shown.id} ${shown.version}`} edition={shown} />
      ) : (
        shown && <RuleView rule={shown.rule} />
      )}
      {open === 'begin' && <BeginRuleDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'begin' && draft && (
        <RuleActDialog act={open} draft={draft} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

function Problems({ draft }: { draft: Edition }) {
  const { t } = useTranslation();
  return (
    <DraftProblems
      problems={userErrorsOf(draft.problems)}
      titles={{ found: t('gates.problems'), draft: t('gates.draft'), none: t('gates.noProblems') }}
      say={({ message, path: [, field, at] }) => {
        const indicator = field === 'indicators' ? draft.rule.indicators[Number(at)]?.indicator : undefined;
        return (
          <>
            {indicator && <strong>{t(`performance.indicator.${indicator}`)} </strong>}
            {message}
          </>
        );
      }}
    />
  );
}
