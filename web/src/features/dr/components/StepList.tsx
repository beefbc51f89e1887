import { useTranslation } from 'react-i18next';
import { useNow } from '../../../lib/use-now';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { durationText } from '../dr-words';
import type { Execution, ExecutionStep } from '../drexec.gql';
import { stepLooks } from '../drexec-states';
import { StepActs } from './StepActs';

const MS = 1_000;

/** Step by step, in order: how long each took, what it waits for, and, of the one whose turn it is, what to do now. */
export function StepList({ execution }: { execution: Execution }) {
  const { t } = useTranslation();
  return (
    <ol className="jy-drexec-steps">
      {execution.steps.map((step) => (
        <li key={step.id} className={`jy-drexec-step jy-drexec-step-${step.state.toLowerCase()}`}>
          <div className="jy-drexec-step-head">
            <span className="jy-number jy-quiet-text">{step.number}</span>
            <strong>{step.title}</strong>
            <StateTag look={stepLooks[step.state]} word={t(`drexec.stepState.${step.state}`)} />
            <span className="jy-quiet-text">
              {t(`drexec.stage.${step.stage}`)} · {t(`drexec.stepKind.${step.kind}`)}
            </span>
            <Timer step={step} paused={execution.pausedAt !== null} />
          </div>
          {step.problem && step.state !== 'DONE' && (
            <p className={step.state === 'FAILED' ? 'jy-drexec-problem' : 'jy-quiet-text'}>{step.problem}</p>
          )}
          {isNow(step) && <StepActs execution={execution} step={step} />}
          {step.state === 'DONE' && (
            <p className="jy-quiet-text">
              {[step.doneBy, step.checkedBy].filter(Boolean).join(' / ') || t('drexec.byConsole')} ·{' '}
              <Time at={step.finishedAt} exact />
              {step.outputHash && (
                <>
                  {' · '}
                  <span className="jy-number" title={step.outputHash}>
                    SM3 {step.outputHash.slice(0, 12)}
                  </span>
                </>
              )}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

const isNow = ({ state }: ExecutionStep) => state === 'RUNNING' || state === 'AWAITS_CHECK' || state === 'FAILED';

/** Of a finished one how long it took; of the one under way how long it has taken, and when its time is over. */
function Timer({ paused, step }: { paused: boolean; step: ExecutionStep }) {
  const { t } = useTranslation();
  const now = useNow();
  if (!step.startedAt) return null;
  const began = Date.parse(step.startedAt);
  const took = Math.max(0, Math.round(((step.finishedAt ? Date.parse(step.finishedAt) : now) - began) / MS));
  if (step.finishedAt) return <span className="jy-number jy-quiet-text">{durationText(t, took)}</span>;
  const late = step.dueAt !== null && now > Date.parse(step.dueAt);
  return (
    <span className={`jy-number ${late ? 'jy-drexec-late' : ''}`} role="timer">
      {t('drexec.since', { time: durationText(t, took), of: durationText(t, step.timeoutSeconds) })}
      {paused && ` · ${t('drexec.paused')}`}
    </span>
  );
}
