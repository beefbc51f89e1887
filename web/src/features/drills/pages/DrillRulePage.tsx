import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
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
import { BeginRuleDialog, RuleActDialog } from '../components/RuleDialogs';
import { RuleForm } from '../components/RuleForm';
import { RuleTable } from '../components/RuleTable';
import { DrillRuleParts, DrillRulesQuery } from '../drills.gql';

const spec = { edition: urlText() };
type Open = 'begin' | 'discard' | 'publish' | null;

/** 演练计划规则: by which drills are due, edition by edition; one person drafts the next, another puts it in force. */
export function DrillRulePage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ edition: chosen }, setUrl] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({ query: DrillRulesQuery, requestPolicy: 'cache-and-network' });
  const [open, setOpen] = useState<Open>(null);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={8} />
    );
  const editions = readFragment(DrillRuleParts, data.drDrillRules);
  const draft = editions.find(({ number }) => number === null) ?? null;
  const inForce = editions.find((edition) => edition.inForce) ?? null;
  const shown = editions.find(({ id }) => id === chosen) ?? draft ?? inForce ?? editions[0] ?? null;
  const isDraft = shown !== null && shown === draft;
  const edits = may('DR_GROUP', 'EDIT');
  const problems = isDraft ? userErrorsOf(shown.problems) : [];
  return (
    <>
      <PageHeader
        title={t('drill.ruleTitle')}
        back={<Link to={routes.drDrillCalendar()}>{t('drill.calendar')}</Link>}
        actions={
          <>
            {edits && !draft && (
              <Button type="primary" onClick={() => setOpen('begin')}>
                {t('drill.ruleBegin')}
              </Button>
            )}
            {edits && draft && <Button onClick={() => setOpen('discard')}>{t('drill.ruleDiscard')}</Button>}
            {may('DR_GROUP', 'REVIEW') && draft && (
              <Button type="primary" onClick={() => setOpen('publish')}>
                {t('drill.rulePublish')}
              </Button>
            )}
          </>
        }
      >
        {t('drill.ruleLead')}
      </PageHeader>
      <Panel title={t('drill.ruleEditions')}>
        <EditionList
          editions={editions}
          shown={shown}
          onShow={(id) => setUrl({ edition: id })}
          words={{
            label: t('drill.ruleEditions'),
            draft: t('drill.ruleDraft'),
            numbered: (number) => t('drill.ruleNumbered', { number }),
            inForce: t('drill.ruleInForce'),
            from: (date) => t('drill.ruleFrom', { date }),
            publishedBy: (name) => t('drill.rulePublishedBy', { name }),
            changedBy: (name) => t('drill.ruleChangedBy', { name }),
          }}
        />
      </Panel>
      {isDraft && (
        <DraftProblems
          problems={problems}
          titles={{
            ...{ found: t('drill.ruleProblems', { count: problems.length }), draft: t('drill.ruleDraft') },
            none: t('drill.ruleNoProblems'),
          }}
          say={({ message }) => message}
        />
      )}
      {isDraft && edits ? (
        // A saved draft comes back with another version: the form begins with what was kept.
        <RuleForm key={`${shown.id} ${shown.version}`} edition={shown} />
      ) : (
        shown && <RuleTable edition={shown} />
      )}
      {open === 'begin' && <BeginRuleDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'begin' && draft && (
        <RuleActDialog act={open} draft={draft} onClose={() => setOpen(null)} />
      )}
    </>
  );
}
