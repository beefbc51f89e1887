import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UploadedFile } from '../../../lib/upload-file';
import { FileField } from '../../../ui/files/FileField';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { durationText } from '../dr-words';
import { ActOnStepMutation, type Execution, type ExecutionStep } from '../drexec.gql';

type Act = 'HAND_IN' | 'CONFIRM' | 'SEND_BACK' | 'ACCEPT' | 'COMMIT' | 'ROLL_BACK' | 'RETRY';
const TEXT_LONGEST = 1_000;

/** What is to be done now, and the buttons for it. */
export function StepActs({ execution, step }: { execution: Execution; step: ExecutionStep }) {
  const { t } = useTranslation();
  const form = useFormErrors();
  const [text, setText] = useState('');
  const [typed, setTyped] = useState('');
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const { send, busy } = useOutcome(ActOnStepMutation);
  const { mayOperate, maySignOff, lossNow } = execution;
  const act = async (what: Act) => {
    const { data, errors } = await send({
      ...{ id: step.id, expectedVersion: step.version, act: what, text, typed },
      fileIds: files.map(({ id }) => id),
    });
    if (!data) return form.refuse(errors);
    setText('');
    setTyped('');
    setFiles([]);
  };
  const tooLate = (['ROLLING_BACK', 'CLEANING_UP', 'CLEANUP_FAILED'] as const).some((one) => one === execution.state);
  const paused = execution.pausedAt !== null && step.state !== 'FAILED';
  if (paused || (step.state === 'RUNNING' && step.kind === 'AUTOMATIC')) return null;
  if (!mayOperate && !maySignOff) return <p className="jy-drexec-told">{step.instruction}</p>;
  // Nobody else is offered what he would be refused.
  if (step.action === 'VERIFY' && step.state === 'RUNNING' && !execution.mayVerify)
    return (
      <div className="jy-drexec-now">
        <p className="jy-drexec-told">{step.instruction}</p>
        <p>{t('drexec.verifiedBy', { department: execution.department })}</p>
      </div>
    );
  const notes = form.errors.filter(({ field }) => !['text', 'typed', 'fileIds'].includes(field));
  return (
    <div className="jy-drexec-now">
      <h3>{t('drexec.now')}</h3>
      {step.instruction && <p className="jy-drexec-told">{step.instruction}</p>}
      {notes.map(({ message }) => (
        <p key={message} className="jy-field-error" role="alert">
          {message}
        </p>
      ))}
      {step.state === 'FAILED' && mayOperate && (
        <>
          <p>{t(tooLate ? 'drexec.failedLate' : 'drexec.failedText')}</p>
          <Button type="primary" loading={busy} onClick={() => void act('RETRY')}>
            {t('drexec.retry')}
          </Button>
        </>
      )}
      {step.state === 'RUNNING' && step.kind === 'MANUAL' && (
        <>
          <Field field="text" label={t('drexec.result')} errors={form.errors} optional={!step.needsEvidence}>
            {(control) => (
              <Input.TextArea
                {...control}
                rows={3}
                maxLength={TEXT_LONGEST}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <Field field="fileIds" label={t('drexec.evidence')} errors={form.errors} optional>
            {(control) => <FileField control={control} files={files} onChange={setFiles} />}
          </Field>
          <Button type="primary" loading={busy} onClick={() => void act('HAND_IN')}>
            {step.secondCheck ? t('drexec.handInForCheck') : t('drexec.handIn')}
          </Button>
        </>
      )}
      {step.state === 'AWAITS_CHECK' && (
        <>
          <p>{t('drexec.checkText', { name: step.doneBy ?? '' })}</p>
          <Field field="text" label={t('drexec.opinion')} errors={form.errors} optional>
            {(control) => (
              <Input.TextArea
                {...control}
                rows={2}
                maxLength={TEXT_LONGEST}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <Button type="primary" loading={busy} onClick={() => void act('CONFIRM')}>
            {step.action === 'PROVE_FENCE' ? t('drexec.sign') : t('drexec.confirmStep')}
          </Button>{' '}
          <Button loading={busy} onClick={() => void act('SEND_BACK')}>
            {t('drexec.sendBack')}
          </Button>
        </>
      )}
      {step.state === 'RUNNING' && step.kind === 'DECISION' && step.action === 'ACCEPT_LOSS' && mayOperate && (
        <>
          <p className="jy-drexec-loss">
            {lossNow?.seconds === null || lossNow === null
              ? t('drexec.lossUnknown', { tiers: lossNow?.unknownTiers.join(t('dr.comma')) ?? '' })
              : t('drexec.lossSeconds', { time: durationText(t, lossNow.seconds) })}
          </p>
          {lossNow?.mustType && (
            <Field
              field="typed"
              label={t('drexec.typed')}
              hint={t('drexec.typeThis', { text: lossNow.mustType })}
              errors={form.errors}
            >
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  value={typed}
                  onPaste={(event) => event.preventDefault()}
                  onChange={(event) => setTyped(event.target.value)}
                />
              )}
            </Field>
          )}
          <Button danger type="primary" loading={busy} onClick={() => void act('ACCEPT')}>
            {t('drexec.accept')}
          </Button>
        </>
      )}
      {step.state === 'RUNNING' && step.kind === 'DECISION' && step.action !== 'ACCEPT_LOSS' && mayOperate && (
        <>
          <Button type="primary" loading={busy} onClick={() => void act('COMMIT')}>
            {t('drexec.commit')}
          </Button>{' '}
          <Button danger loading={busy} onClick={() => void act('ROLL_BACK')}>
            {t('drexec.rollBack')}
          </Button>
        </>
      )}
    </div>
  );
}
