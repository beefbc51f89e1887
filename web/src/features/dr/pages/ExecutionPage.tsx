import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery, useSubscription } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { may } from '../../../graphql/permissions';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { ActionButton } from '../../../ui/ActionButton';
import { Facts } from '../../../ui/Facts';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useViewer } from '../../../ui/viewer-context';
import { SteerDialog, type Steered } from '../components/SteerDialog';
import { StepList } from '../components/StepList';
import { durationText } from '../dr-words';
import {
  ApproveExecutionMutation,
  type Execution,
  ExecutionChangedSubscription,
  ExecutionFacts,
  ExecutionQuery,
  SteerExecutionMutation,
} from '../drexec.gql';
import { executionLooks, pausedLook, returnLooks } from '../drexec-states';
import { mayApprove } from '../may-approve';

const MS = 1_000;
const BEFORE_RUN: readonly Execution['state'][] = ['DRAFT', 'APPROVED', 'PRECHECKED'];
const RUNS: readonly Execution['state'][] = ['RUNNING', 'VALIDATING'];
const OVER: readonly Execution['state'][] = ['CLOSED', 'CANCELLED'];

/** One execution, live: whose turn it is, what to press, and T0 to T7 as they are measured. */
export function ExecutionPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({ query: ExecutionQuery, variables: { id } });
  useSubscription({ query: ExecutionChangedSubscription, variables: { id }, pause: !data?.drExecution });
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  if (!data.drExecution)
    return (
      <EmptyState title={t('drexec.notThere')} action={<Link to={routes.drExecutions()}>{t('drexec.title')}</Link>}>
        {t('drexec.notThereText')}
      </EmptyState>
    );
  return <Live execution={readFragment(ExecutionFacts, data.drExecution)} />;
}

function Live({ execution }: { execution: Execution }) {
  const { t } = useTranslation();
  const [steered, setSteered] = useState<Steered | null>(null);
  const { code, groupId, groupName, kind, pausedAt, pausedWhy, state } = execution;
  const paused = pausedAt !== null && state !== 'CLEANUP_FAILED';
  return (
    <>
      <PageHeader
        title={`${code} · ${t(`drexec.kind.${kind}`)}`}
        back={<Link to={routes.drExecutions()}>{t('drexec.title')}</Link>}
        state={
          <StateTag
            look={paused ? pausedLook : executionLooks[state]}
            word={paused ? t('drexec.paused') : t(`drexec.state.${state}`)}
          />
        }
        actions={<Steer execution={execution} onAsk={setSteered} />}
      >
        <Link to={routes.drGroup(groupId)}>{groupName}</Link>
      </PageHeader>
      {pausedWhy && (
        <p className="jy-drexec-problem" role="alert">
          {pausedWhy}
        </p>
      )}
      {execution.plannedAt && (state === 'DRAFT' || state === 'APPROVED') && (
        <p className="jy-quiet-text">
          {t('drexec.plannedFor')} <Time at={execution.plannedAt} exact />
        </p>
      )}
      {state === 'DRAFT' && <Approvals execution={execution} />}
      <Panel title={t('drexec.steps')}>
        <StepList execution={execution} />
      </Panel>
      <Returning execution={execution} onAsk={setSteered} />
      <Panel title={t('drexec.moments')}>
        <Moments execution={execution} />
      </Panel>
      <Panel title={t('drexec.facts')}>
        <FactsOf execution={execution} />
      </Panel>
      {steered && <SteerDialog execution={execution} steering={steered} onClose={() => setSteered(null)} />}
    </>
  );
}

function Steer({ execution, onAsk }: { execution: Execution; onAsk: (what: Steered) => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(SteerExecutionMutation);
  const { confirmedBy, mayOperate, maySignOff, pausedAt, state, steps, underStandingOrder } = execution;
  const press = async (steering: 'RESUME' | 'CONFIRM') => {
    const { errors } = await send({ id: execution.id, expectedVersion: execution.version, steering, reason: null });
    if (errors[0]) notice(errors[0].message, 'reason');
  };
  const failed = steps.some((step) => step.state === 'FAILED');
  return (
    <>
      {underStandingOrder && !confirmedBy && maySignOff && (
        <Button loading={busy} onClick={() => void press('CONFIRM')}>
          {t('drexec.confirmAfter')}
        </Button>
      )}
      {mayOperate && pausedAt && !failed && (
        <Button type="primary" loading={busy} onClick={() => void press('RESUME')}>
          {t('drexec.resume')}
        </Button>
      )}
      {mayOperate && !pausedAt && !OVER.includes(state) && state !== 'DRAFT' && (
        <Button onClick={() => onAsk('PAUSE')}>{t('drexec.steer.PAUSE')}</Button>
      )}
      {mayOperate && RUNS.includes(state) && (
        <Button danger onClick={() => onAsk('ROLL_BACK')}>
          {t('drexec.steer.ROLL_BACK')}
        </Button>
      )}
      {mayOperate && BEFORE_RUN.includes(state) && (
        <Button onClick={() => onAsk('CANCEL')}>{t('drexec.steer.CANCEL')}</Button>
      )}
    </>
  );
}

/** Who must sign, who has, and the button for whoever may. */
function Approvals({ execution }: { execution: Execution }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const viewer = useViewer();
  const { send, busy } = useOutcome(ApproveExecutionMutation);
  const { approvals, requestedBy, signaturesNeeded, underStandingOrder } = execution;
  const approve = async () => {
    const { errors } = await send({ id: execution.id, expectedVersion: execution.version, opinion: null });
    if (errors[0]) notice(errors[0].message, 'reason');
  };
  // As the server would refuse it: said before it is pressed.
  const can = mayApprove(execution, viewer, may(viewer.permissions, 'DR_GROUP', 'SIGN_OFF'));
  const why =
    can === 'OWN_REQUEST' ? t('drexec.ownRequest') : can === 'SAME_DEPARTMENT' ? t('drexec.sameDepartment') : null;
  return (
    <Panel title={t('drexec.approvals')}>
      <p>
        {t(signaturesNeeded === 1 ? 'drexec.approvalsOne' : 'drexec.approvalsTwo', { name: requestedBy })}
        {underStandingOrder && signaturesNeeded > 1 && ` ${t('drexec.orderRevoked')}`}
      </p>
      <ul>
        {approvals.map(({ at, by, department, departmentId }) => (
          <li key={departmentId}>
            {department} · {by} · <Time at={at} exact />
          </li>
        ))}
      </ul>
      {can !== 'NO_BUTTON' && (
        <p>
          <ActionButton type="primary" loading={busy} disabledReason={why} onPress={() => void approve()}>
            {t('drexec.approve')}
          </ActionButton>
        </p>
      )}
    </Panel>
  );
}

/** What became of the side that it left: it halts before anything else, then its data follows. */
function Returning({
  execution: { mayOperate, returningSides },
  onAsk,
}: {
  execution: Execution;
  onAsk: (what: Steered) => void;
}) {
  const { t } = useTranslation();
  if (returningSides.length === 0) return null;
  return (
    <Panel title={t('drexec.returning')}>
      <p className="jy-quiet-text">{t('drexec.returningText')}</p>
      <ul className="jy-drexec-steps">
        {returningSides.map(
          ({ center, confirmedBy, followsAt, haltedAt, leftAt, problem, reachedAt, state, unseen }) => (
            <li key={center?.id ?? leftAt} className="jy-drexec-step">
              <div className="jy-drexec-step-head">
                {center && <CenterMark {...center} />}
                <StateTag look={returnLooks[state]} word={t(`drexec.returnState.${state}`)} />
                <span className="jy-quiet-text">
                  <Time at={followsAt ?? haltedAt ?? reachedAt ?? leftAt} exact />
                </span>
              </div>
              {problem && <p className="jy-quiet-text">{problem}</p>}
              {mayOperate && state === 'HALTING' && unseen > 0 && !confirmedBy && (
                <Button type="primary" onClick={() => onAsk('CONFIRM_HALTED')}>
                  {t('drexec.steer.CONFIRM_HALTED')}
                </Button>
              )}
            </li>
          ),
        )}
      </ul>
    </Panel>
  );
}

function Moments({ execution: { moments } }: { execution: Execution }) {
  const { t } = useTranslation();
  if (moments.length === 0) return <p className="jy-quiet-text">{t('drexec.noMoments')}</p>;
  const first = Date.parse(moments[0]?.at ?? '');
  return (
    <Facts
      facts={moments.map(({ at, moment }) => ({
        label: t(`drexec.moment.${moment}`),
        value: (
          <>
            <Time at={at} exact />
            <div className="jy-quiet-text jy-number">+{durationText(t, Math.round((Date.parse(at) - first) / MS))}</div>
          </>
        ),
      }))}
    />
  );
}

function FactsOf({ execution }: { execution: Execution }) {
  const { t } = useTranslation();
  const { approvals, epoch, files, fromCenter, outcome, reason, runbookId, runbookNumber, toCenter } = execution;
  return (
    <Facts
      facts={[
        {
          label: t('drexec.way'),
          value:
            fromCenter && toCenter ? (
              <span className="jy-drexec-way">
                <CenterMark {...fromCenter} /> → <CenterMark {...toCenter} />
              </span>
            ) : (
              '–'
            ),
        },
        { label: t('drexec.requestedBy'), value: execution.requestedBy },
        {
          label: t('drexec.approvals'),
          value: approvals.map(({ by, department }) => `${department} ${by}`).join(t('dr.comma')) || '–',
        },
        {
          label: t('drexec.runbook'),
          value: runbookId ? (
            <Link to={routes.drRunbook(runbookId)}>
              {t('drexec.versionN', { n: runbookNumber ?? 0 })}
              {execution.unverifiedAccepted ? ` · ${t('drexec.unverified')}` : ''}
            </Link>
          ) : (
            '–'
          ),
        },
        {
          label: t('drexec.shownLoss'),
          value:
            execution.shownLossSeconds === null ? t('drexec.notKnown') : durationText(t, execution.shownLossSeconds),
        },
        { label: t('drexec.epoch'), value: epoch ?? '–' },
        { label: t('drexec.outcomeLabel'), value: outcome ? t(`drexec.outcome.${outcome}`) : '–' },
        {
          label: t('drexec.confirmDue'),
          value: execution.confirmDueAt ? (execution.confirmedBy ?? <Time at={execution.confirmDueAt} exact />) : '–',
        },
        { label: t('drexec.reason'), wide: true, value: reason },
        ...(files.length > 0
          ? [
              {
                label: t('drexec.files'),
                wide: true,
                value: (
                  <ul>
                    {files.map(({ id, name, url }) => (
                      <li key={id}>
                        <a href={url}>{name}</a>
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
