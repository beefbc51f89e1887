import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery, useSubscription } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { useAfterGap } from '../../../graphql/live-context';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Facts } from '../../../ui/Facts';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { ProgressLine } from '../../../ui/ProgressLine';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { ImportFiguresRow } from '../components/ImportFiguresRow';
import { ImportStateTag } from '../components/import-state';
import { ProblemsPanel } from '../components/ProblemsPanel';
import { SamplePanel } from '../components/SamplePanel';
import { ImportPageQuery, ImportRunChangedSubscription, ImportRunParts } from '../imports.gql';
import { useRunAct } from '../use-run-act';

type Run = ResultOf<typeof ImportRunParts>;

/** One import from its file to its rows. It goes on without this page, and the page finds it again after a reload. */
export function ImportRunPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: ImportPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  useSubscription({ query: ImportRunChangedSubscription, variables: { id } });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useAfterGap(askAgain);

  const list = <Link to={routes.imports()}>{t('import.title')}</Link>;
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={askAgain} home={list} />
    ) : (
      <LoadingState rows={12} />
    );
  return <RunView run={readFragment(ImportRunParts, data.importRun)} list={list} askAgain={askAgain} />;
}

function RunView({ run, list, askAgain }: { run: Run; list: ReactNode; askAgain: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const navigate = useNavigate();
  const { perform, refused, applying, discarding } = useRunAct();
  const title = t('import.runTitle', { kind: run.kind?.title ?? '' });
  const apply = async (): Promise<void> => {
    if (await perform('apply', run)) notice(t('import.applied', { rows: count(run.addedCount) }));
    askAgain();
  };
  const discard = async (): Promise<void> => {
    if (await perform('discard', run)) notice(t('import.discarded'));
    askAgain();
  };
  const again = (
    <Button
      type={run.problemCount > 0 ? 'primary' : 'default'}
      onClick={() => void navigate(routes.newImport(run.kind?.name))}
    >
      {t('import.sendAgain')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={title}
        back={list}
        state={<ImportStateTag state={run.state} problemCount={run.problemCount} />}
        actions={
          <>
            {run.mayDiscard && (
              <Button loading={discarding} onClick={() => void discard()}>
                {t('import.discard')}
              </Button>
            )}
            {run.mayDiscard && !run.mayApply && again}
            {(run.mayApply || applying) && (
              <Button type="primary" loading={applying} onClick={() => void apply()}>
                {t('import.apply', { rows: count(run.addedCount) })}
              </Button>
            )}
            {run.state === 'DONE' && run.kind && (
              <Button type="primary" onClick={() => void navigate(run.kind?.page ?? routes.home())}>
                {t('import.seeResult', { kind: run.kind.title })}
              </Button>
            )}
          </>
        }
      >
        {sentenceOf(run, t)}
      </PageHeader>
      {(refused ?? run.failure) && (
        <div className="jy-error-summary" role="alert">
          {refused ?? run.failure}
        </div>
      )}
      <Progress run={run} />
      {run.state !== 'UPLOADED' && run.state !== 'READING' && (
        <>
          {run.rowCount > 0 && <ImportFiguresRow run={run} />}
          <ProblemsPanel run={run} />
          <SamplePanel run={run} />
        </>
      )}
      <FilesPanel run={run} />
    </>
  );
}

function sentenceOf(run: Run, t: TFunction): string {
  if (run.state === 'PREVIEWED') {
    if (run.problemCount > 0) return t('import.says.toMend');
    if (run.addedCount === 0) return t('import.says.nothingNew');
  }
  return t(`import.says.${run.state}`);
}

function Progress({ run }: { run: Run }) {
  const { t } = useTranslation();
  if (run.state !== 'UPLOADED' && run.state !== 'READING' && run.state !== 'APPLYING') return null;
  return (
    <Panel title={t(`import.state.${run.state}`)} aside={<span className="jy-number">{run.percent}%</span>}>
      <ProgressLine percent={run.percent} label={t(`import.state.${run.state}`)} />
    </Panel>
  );
}

function FilesPanel({ run }: { run: Run }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('import.about')}>
      <Facts
        facts={[
          { label: t('import.starter'), value: run.starterName },
          { label: t('import.startedAt'), value: <Time at={run.startedAt} exact /> },
          { label: t('import.appliedAt'), value: run.appliedAt ? <Time at={run.appliedAt} exact /> : '–' },
          {
            label: t('import.file'),
            wide: true,
            value: (
              <ul className="jy-files">
                {run.files.map((file) => (
                  <li key={file.id}>
                    <a href={file.url} download>
                      {file.name}
                    </a>
                    <code className="jy-quiet-text">SM3 {file.sm3.slice(0, 16)}…</code>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </Panel>
  );
}
