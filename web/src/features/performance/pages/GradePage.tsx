import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { dayBefore } from '../../../lib/time';
import { type Fact, Facts } from '../../../ui/Facts';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { GradeTag } from '../../../ui/performance/GradeTag';
import { Time } from '../../../ui/Time';
import { HistoryPanel } from '../components/HistoryPanel';
import { MarksPanel } from '../components/MarksPanel';
import { AppealsPanel } from '../forms/AppealsPanel';
import { GradeHead, GradePageQuery } from '../performance.gql';
import { pointsText } from '../words';

/** One evaluation: why it is this grade, each indicator with its evidence, what the department says to it, what followed. */
export function GradePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: GradePageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const list = <Link to={routes.grades()}>{t('performance.title')}</Link>;
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={askAgain} home={list} />
    ) : (
      <LoadingState rows={12} />
    );
  const evaluation = data.performanceEvaluation;
  const head = readFragment(GradeHead, evaluation);
  return (
    <>
      <PageHeader title={head.subjectName} back={list} state={<GradeTag grade={head.grade} />}>
        <span className="jy-code">{head.code}</span> · {head.period}
        {head.version > 1 && ` · ${t('performance.version', { version: head.version })}`}
      </PageHeader>
      {!head.newest && (
        <p className="jy-banner jy-tone-waiting" role="status">
          {t('performance.replaced')}
        </p>
      )}
      <div className="jy-detail">
        <div className="jy-detail-main">
          <Result head={head} />
          <MarksPanel evaluation={evaluation} />
        </div>
        <div className="jy-detail-aside">
          <AppealsPanel evaluation={evaluation} />
          <HistoryPanel evaluation={evaluation} />
        </div>
      </div>
    </>
  );
}

function Result({ head }: { head: ResultOf<typeof GradeHead> }) {
  const { t } = useTranslation();
  const subject =
    head.kind === 'SYSTEM' ? (
      <Link to={routes.system(head.subjectId)}>
        {head.subjectName} <span className="jy-code">{head.subjectCode}</span>
      </Link>
    ) : (
      head.subjectName
    );
  const facts: Fact[] = [
    { label: t(`performance.kind.${head.kind}`), value: subject },
    ...(head.kind === 'SYSTEM' ? [{ label: t('performance.department'), value: head.departmentName }] : []),
    { label: t('performance.points'), value: <span className="jy-number jy-strong">{pointsText(head.points)}</span> },
    { label: t('performance.evidencePercent'), value: <span className="jy-number">{head.evidencePercent}%</span> },
    {
      label: t('performance.period'),
      value: <span className="jy-number">{`${head.from} – ${dayBefore(head.to)}`}</span>,
    },
    { label: t('performance.asOf'), value: <span className="jy-number">{head.asOf}</span> },
    {
      label: t('performance.scope'),
      value: t('performance.scopeText', { systems: head.systems, machines: head.machines }),
    },
    {
      label: t('performance.rules'),
      value: <Link to={routes.performanceRules()}>{t('performance.edition', { number: head.editionNumber })}</Link>,
    },
    ...(head.regraded
      ? [
          {
            label: t('performance.regradedByLabel'),
            value: (
              <>
                {head.regraded.by} <Time at={head.regraded.at} />
              </>
            ),
          },
        ]
      : []),
    { label: t('performance.preparedByLabel'), value: head.run.preparedBy },
    {
      label: t('performance.publishedAt'),
      value: head.publishedAt ? (
        <>
          {!head.regraded && head.run.decidedBy} <Time at={head.publishedAt} />
        </>
      ) : (
        t('performance.notPublished')
      ),
    },
    { label: t('performance.frozen'), value: <Frozen verified={head.verified} hash={head.hash} />, wide: true },
  ];
  return (
    <Panel title={t('performance.result')}>
      <ul className="jy-notes jy-grade-reasons">
        {head.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <Facts facts={facts} />
    </Panel>
  );
}

function Frozen({ verified, hash }: { verified: boolean | null; hash: string }) {
  const { t } = useTranslation();
  if (verified === null) return <span className="jy-quiet-text">{t('performance.notFrozen')}</span>;
  return (
    <>
      <span className={verified ? 'jy-tone-good' : 'jy-tone-bad'}>
        {t(verified ? 'performance.verified' : 'performance.tampered')}
      </span>{' '}
      <span className="jy-code jy-quiet-text">SM3 {hash}</span>
    </>
  );
}
