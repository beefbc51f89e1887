import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PerformanceIndicator } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import type { UploadedFile } from '../../../lib/upload-file';
import { FileField } from '../../../ui/files/FileField';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { AppealFiles } from '../components/AppealFiles';
import {
  AnswerAppealMutation,
  AppealGradeMutation,
  type GradeAppeals,
  WithdrawAppealMutation,
} from '../performance.gql';
import { hundredthsOf, percentText } from '../words';

const REASON_LONGEST = 1_000;
type Evaluation = ResultOf<typeof GradeAppeals>;
type Props = { evaluation: Evaluation; onClose: () => void };
type OnAppeal = Props & { appeal: Evaluation['appeals'][number] };

export function AppealDialog({ evaluation, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const { send, busy } = useOutcome(AppealGradeMutation);
  const submit = async () => {
    const { data, errors } = await send({
      ...{ id: evaluation.id, reason: reason.trim() },
      fileIds: files.map(({ id }) => id),
    });
    if (!data) return form.refuse(errors);
    notice(t('performance.appealed', { code: evaluation.code }));
    onClose();
  };
  return (
    <DialogForm
      title={`${t('performance.appeal')} ${evaluation.code}`}
      submit={t('performance.appeal')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('performance.appealText')}</p>
      <Field field="reason" label={t('performance.appealReason')} errors={form.errors}>
        {(control) => (
          <Input.TextArea
            {...control}
            autoFocus
            rows={5}
            maxLength={REASON_LONGEST}
            value={reason}
            onChange={(event) => {
              setReason(event.target.value);
              form.changed('reason');
            }}
          />
        )}
      </Field>
      <Field
        field="fileIds"
        label={t('performance.proofFiles')}
        hint={t('performance.proofFilesHint')}
        optional
        errors={form.errors}
      >
        {(control) => (
          <FileField
            control={control}
            files={files}
            onChange={(next) => {
              setFiles(next);
              form.changed('fileIds');
            }}
          />
        )}
      </Field>
    </DialogForm>
  );
}

export function WithdrawAppealDialog({ evaluation, appeal, onClose }: OnAppeal) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(WithdrawAppealMutation);
  const submit = async () => {
    const { data, errors } = await send({ id: appeal.id, expectedVersion: appeal.version });
    if (!data) return form.refuse(errors);
    notice(t('performance.appealWithdrawn', { code: evaluation.code }));
    onClose();
  };
  return (
    <DialogForm
      title={t('performance.withdrawAppeal')}
      submit={t('performance.withdrawAppeal')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('performance.withdrawAppealText')}</p>
    </DialogForm>
  );
}

type Correction = { indicator: PerformanceIndicator; value: string; proof: string };

/** Without corrections the grade is kept; with some it is made anew, and the old version stays readable. */
export function AnswerAppealDialog({ evaluation, appeal, onClose }: OnAppeal) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [answer, setAnswer] = useState('');
  const [corrections, setCorrections] = useState<readonly Correction[]>([]);
  const { send, busy } = useOutcome(AnswerAppealMutation);
  const asked = evaluation.marks.filter(({ applies }) => applies);
  const put = (at: number, more: Partial<Correction>) => {
    setCorrections(corrections.map((one, index) => (index === at ? { ...one, ...more } : one)));
    form.changed(`corrections.${at}`);
  };
  const submit = async () => {
    const wrong = corrections.flatMap(({ value }, at) =>
      hundredthsOf(value) === null ? [{ field: `corrections.${at}`, message: t('performance.percentWrong') }] : [],
    );
    if (wrong.length > 0) return form.refuse(wrong);
    const { data, errors } = await send({
      ...{ id: appeal.id, expectedVersion: appeal.version, answer: answer.trim() },
      corrections: corrections.map((one) => ({ ...one, value: hundredthsOf(one.value) ?? 0 })),
    });
    if (!data) return form.refuse(errors);
    notice(t(corrections.length > 0 ? 'performance.regraded' : 'performance.kept', { code: evaluation.code }));
    onClose();
  };
  const free = asked.filter(({ indicator }) => !corrections.some((one) => one.indicator === indicator));
  return (
    <DialogForm
      title={`${t('performance.answer')} ${evaluation.code}`}
      submit={t(corrections.length > 0 ? 'performance.regrade' : 'performance.keep')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="jy-quiet-text">{appeal.reason}</p>
      <AppealFiles appeal={appeal} />
      <Field field="answer" label={t('performance.answerLabel')} errors={form.errors}>
        {(control) => (
          <Input.TextArea
            {...control}
            autoFocus
            rows={3}
            maxLength={REASON_LONGEST}
            value={answer}
            onChange={(event) => {
              setAnswer(event.target.value);
              form.changed('answer');
            }}
          />
        )}
      </Field>
      {corrections.map((correction, at) => (
        <fieldset key={correction.indicator} className="jy-fieldset">
          <legend>
            {t(`performance.indicator.${correction.indicator}`)}{' '}
            <span className="jy-quiet-text">
              {percentText(
                asked.find(({ indicator }) => indicator === correction.indicator)?.value ?? null,
                t('performance.noEvidence'),
              )}
            </span>
          </legend>
          <Field field={`corrections.${at}`} label={t('performance.correctValue')} errors={form.errors}>
            {(control) => (
              <Input
                {...control}
                suffix="%"
                inputMode="decimal"
                value={correction.value}
                onChange={(event) => put(at, { value: event.target.value })}
              />
            )}
          </Field>
          <Field field={`corrections.${at}.proof`} label={t('performance.proof')} errors={form.errors}>
            {(control) => (
              <Input
                {...control}
                maxLength={REASON_LONGEST}
                value={correction.proof}
                onChange={(event) => put(at, { proof: event.target.value })}
              />
            )}
          </Field>
          <Button size="small" onClick={() => setCorrections(corrections.filter((_, index) => index !== at))}>
            {t('performance.removeCorrection')}
          </Button>
        </fieldset>
      ))}
      {free.length > 0 && (
        <Field field="addCorrection" label={t('performance.addCorrection')} errors={[]} optional>
          {(control) => (
            <Select<PerformanceIndicator>
              {...control}
              value={null}
              placeholder={t('performance.chooseIndicator')}
              options={free.map(({ indicator }) => ({
                value: indicator,
                label: t(`performance.indicator.${indicator}`),
              }))}
              onChange={(indicator) => setCorrections([...corrections, { indicator, value: '', proof: '' }])}
            />
          )}
        </Field>
      )}
    </DialogForm>
  );
}
