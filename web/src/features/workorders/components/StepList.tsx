import { CameraOutlined, CheckOutlined, PaperClipOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { type UploadedFile, uploadFile } from '../../../lib/upload-file';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { RecordWorkStepMutation, type WorkOrderParts } from '../workorders.gql';

type Order = ResultOf<typeof WorkOrderParts>;
type Step = Order['steps'][number];
const NOTE_LONGEST = 500;

/** The work, step by step, for a thumb in a dark room: a photograph and one press each. */
export function StepList({ order }: { order: Order }) {
  const { t } = useTranslation();
  const done = order.steps.filter((step) => step.doneAt !== null).length;
  const next = order.steps.find((step) => step.doneAt === null);
  const works = order.availableActions.includes('RECORD');
  return (
    <Panel
      title={t('work.steps')}
      aside={
        <span className="jy-number jy-quiet-text">{t('work.stepsDone', { done, total: order.steps.length })}</span>
      }
    >
      <ol className="jy-work-steps">
        {order.steps.map((step, at) => (
          <StepItem
            key={step.id}
            number={at + 1}
            step={step}
            order={order}
            works={works}
            current={step.id === next?.id}
          />
        ))}
      </ol>
    </Panel>
  );
}

type ItemProps = { number: number; step: Step; order: Order; works: boolean; current: boolean };

function StepItem({ number, step, order, works, current }: ItemProps) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(RecordWorkStepMutation);
  const [files, setFiles] = useState<readonly UploadedFile[]>([]);
  const [note, setNote] = useState(step.note ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const camera = useRef<HTMLInputElement>(null);
  const isDone = step.doneAt !== null;

  const photograph = async (chosen: FileList | null) => {
    const [first] = chosen ?? [];
    if (!first) return;
    setSending(true);
    setProblem(null);
    const { file, message } = await uploadFile(first);
    setSending(false);
    if (camera.current) camera.current.value = '';
    if (file) setFiles((now) => [...now, file]);
    else setProblem(message ?? t('failure.offline'));
  };
  const record = async (done: boolean) => {
    setProblem(null);
    const answer = await send({
      id: order.id,
      expectedVersion: order.version,
      stepId: step.id,
      done,
      note: note.trim() || null,
      fileIds: files.map((file) => file.id),
    });
    if (answer.data) setFiles([]);
    else setProblem(answer.errors.map((error) => error.message).join(' '));
  };

  return (
    <li data-done={isDone} data-current={works && current}>
      <div className="jy-work-step-head">
        <span className="jy-work-step-number" aria-hidden="true">
          {isDone ? <CheckOutlined /> : number}
        </span>
        <div>
          <p className="jy-strong">{step.title}</p>
          {step.needsEvidence && !isDone && <p className="jy-quiet-text">{t('work.evidenceNeeded')}</p>}
          {isDone && (
            <p className="jy-quiet-text">
              {step.doneBy} · <Time at={step.doneAt} />
            </p>
          )}
          {!works && step.note && <p>{step.note}</p>}
          {(step.files.length > 0 || files.length > 0) && (
            <ul className="jy-work-files">
              {step.files.map((file) => (
                <li key={file.id}>
                  <a href={file.url} target="_blank" rel="noreferrer">
                    <PaperClipOutlined aria-hidden /> {file.name}
                  </a>
                </li>
              ))}
              {files.map((file) => (
                <li key={file.id}>
                  <PaperClipOutlined aria-hidden /> {file.name}{' '}
                  <span className="jy-quiet-text">{t('work.notSaved')}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
      {problem && (
        <p className="jy-field-error" role="alert">
          {problem}
        </p>
      )}
      {works && !isDone && (
        <div className="jy-work-step-acts">
          <Input.TextArea
            aria-label={t('work.noteOf', { step: step.title })}
            placeholder={t('work.note')}
            rows={2}
            maxLength={NOTE_LONGEST}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <input
            ref={camera}
            type="file"
            accept="image/png,image/jpeg,.pdf"
            capture="environment"
            hidden
            tabIndex={-1}
            aria-hidden="true"
            data-testid={`photo-${number}`}
            onChange={(event) => void photograph(event.target.files)}
          />
          <Button
            size="large"
            icon={<CameraOutlined aria-hidden />}
            loading={sending}
            onClick={() => camera.current?.click()}
          >
            {t('work.photo')}
          </Button>
          <Button
            size="large"
            type={current ? 'primary' : 'default'}
            icon={<CheckOutlined aria-hidden />}
            loading={busy}
            aria-label={t('work.doneOf', { step: step.title })}
            onClick={() => void record(true)}
          >
            {t('work.done')}
          </Button>
        </div>
      )}
      {works && isDone && (
        <Button
          type="text"
          icon={<UndoOutlined aria-hidden />}
          loading={busy}
          aria-label={t('work.undoOf', { step: step.title })}
          onClick={() => void record(false)}
        >
          {t('work.undo')}
        </Button>
      )}
    </li>
  );
}
