import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { BeginRunMutation, DecideRunMutation, type RunParts } from '../performance.gql';

const OPINION_LONGEST = 500;

export function BeginRunDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [period, setPeriod] = useState('');
  const { send, busy } = useOutcome(BeginRunMutation);
  const submit = async () => {
    const { data, errors } = await send({ period: period.trim() });
    if (!data) return form.refuse(errors);
    notice(t('performance.began', { period: period.trim() }));
    onClose();
  };
  return (
    <DialogForm
      title={t('performance.beginTitle')}
      submit={t('performance.begin')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('performance.beginText')}</p>
      <Field field="period" label={t('performance.period')} hint={t('performance.periodHint')} errors={form.errors}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            placeholder="2026-Q3"
            value={period}
            onChange={(event) => {
              setPeriod(event.target.value);
              form.changed('period');
            }}
          />
        )}
      </Field>
    </DialogForm>
  );
}

type DecideProps = {
  decision: 'APPROVE' | 'RETURN' | 'WITHDRAW';
  run: ResultOf<typeof RunParts>;
  onClose: () => void;
};

export function DecideRunDialog({ decision, run, onClose }: DecideProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [opinion, setOpinion] = useState('');
  const { send, busy } = useOutcome(DecideRunMutation);
  const submit = async () => {
    const input = { id: run.id, expectedVersion: run.version, decision, opinion: opinion.trim() || null };
    const { data, errors } = await send(input);
    if (!data) return form.refuse(errors);
    notice(t(`performance.decided.${decision}`, { period: run.period }));
    onClose();
  };
  return (
    <DialogForm
      title={`${t(`performance.decide.${decision}`)} ${run.period}`}
      submit={t(`performance.decide.${decision}`)}
      danger={decision === 'WITHDRAW'}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(`performance.decideText.${decision}`, { total: run.subjects })}</p>
      <Field field="opinion" label={t('performance.opinion')} errors={form.errors} optional={decision !== 'RETURN'}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={3}
            maxLength={OPINION_LONGEST}
            value={opinion}
            onChange={(event) => {
              setOpinion(event.target.value);
              form.changed('opinion');
            }}
          />
        )}
      </Field>
    </DialogForm>
  );
}
