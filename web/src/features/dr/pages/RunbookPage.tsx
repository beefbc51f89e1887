import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { StepEditor } from '../components/StepEditor';
import { durationText } from '../dr-words';
import {
  type PlannedStep,
  PlannedStepFields,
  type Runbook,
  RunbookFacts,
  RunbookQuery,
  VerifyRunbookMutation,
} from '../drexec.gql';
import { runbookLooks } from '../drexec-states';

/** One runbook: its newest version, who verified it, and the versions before. */
export function RunbookPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({ query: RunbookQuery, variables: { id } });
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  if (!data.drRunbook)
    return (
      <EmptyState title={t('drexec.runbookGone')} action={<Link to={routes.drRunbooks()}>{t('drexec.runbooks')}</Link>}>
        {t('drexec.notThereText')}
      </EmptyState>
    );
  return <Whole runbook={readFragment(RunbookFacts, data.drRunbook)} />;
}

function Whole({ runbook }: { runbook: Runbook }) {
  const { t } = useTranslation();
  const may = useMay();
  const notice = useNotice();
  const [editing, setEditing] = useState(false);
  const { send, busy } = useOutcome(VerifyRunbookMutation);
  const [newest] = runbook.versions;
  if (!newest) return null;
  const steps = readFragment(PlannedStepFields, newest.steps);
  const verify = async () => {
    const { errors } = await send({ id: runbook.id, number: newest.number });
    if (errors[0]) notice(errors[0].message, 'reason');
  };
  return (
    <>
      <PageHeader
        title={runbook.name}
        back={<Link to={routes.drRunbooks()}>{t('drexec.runbooks')}</Link>}
        state={<StateTag look={runbookLooks[newest.state]} word={t(`drexec.runbookState.${newest.state}`)} />}
        actions={
          !editing && (
            <>
              {newest.state === 'NEEDS_VERIFIED' && may('DR_GROUP', 'SIGN_OFF') && (
                <Button type="primary" loading={busy} onClick={() => void verify()}>
                  {t('drexec.verify')}
                </Button>
              )}
              {may('DR_GROUP', 'EDIT') && <Button onClick={() => setEditing(true)}>{t('drexec.edit')}</Button>}
            </>
          )
        }
      >
        {t(`drexec.kind.${runbook.kind}`)} · <Link to={routes.drGroup(runbook.groupId)}>{runbook.group?.name}</Link>
      </PageHeader>
      <Panel title={t('drexec.stepsOfVersion', { n: newest.number })}>
        {editing ? (
          <StepEditor runbook={runbook} steps={steps} onClose={() => setEditing(false)} />
        ) : (
          <StepTable steps={steps} />
        )}
      </Panel>
      <Panel title={t('drexec.versions')}>
        <WideTable label={t('drexec.versions')}>
          <table className="jy-small-table">
            <thead>
              <tr>
                <th scope="col">{t('drexec.version')}</th>
                <th scope="col">{t('drexec.stateLabel')}</th>
                <th scope="col">{t('drexec.author')}</th>
                <th scope="col">{t('drexec.verifier')}</th>
                <th scope="col">SM3</th>
              </tr>
            </thead>
            <tbody>
              {runbook.versions.map((one) => (
                <tr key={one.number}>
                  <th scope="row" className="jy-number">
                    {one.number}
                  </th>
                  <td>
                    <StateTag look={runbookLooks[one.state]} word={t(`drexec.runbookState.${one.state}`)} />
                  </td>
                  <td>
                    {one.authoredBy} · <Time at={one.authoredAt} />
                  </td>
                  <td>
                    {one.verifiedBy ? (
                      <>
                        {one.verifiedBy} · <Time at={one.verifiedAt} />
                        {one.byExecution && ` · ${t('drexec.byExecution')}`}
                      </>
                    ) : (
                      '–'
                    )}
                  </td>
                  <td className="jy-number" title={one.hash}>
                    {one.hash.slice(0, 12)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      </Panel>
    </>
  );
}

function StepTable({ steps }: { steps: readonly PlannedStep[] }) {
  const { t } = useTranslation();
  return (
    <ol className="jy-drexec-steps">
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name of its own but its place.
        <li key={at} className="jy-drexec-step">
          <div className="jy-drexec-step-head">
            <span className="jy-number jy-quiet-text">{at + 1}</span>
            <strong>{step.title}</strong>
            <span className="jy-quiet-text">
              {t(`drexec.stage.${step.stage}`)} · {t(`drexec.stepKind.${step.kind}`)} ·{' '}
              {t('drexec.within', { time: durationText(t, step.timeoutSeconds) })}
              {step.params.proof && ` · ${t(`drexec.proof.${step.params.proof}`)}`}
              {step.secondCheck && ` · ${t('drexec.secondCheck')}`}
              {step.needsEvidence && ` · ${t('drexec.needsEvidence')}`}
            </span>
          </div>
          {step.instruction && <p>{step.instruction}</p>}
        </li>
      ))}
    </ol>
  );
}
