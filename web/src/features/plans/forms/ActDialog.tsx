import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanAction } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { DecidePlanMutation } from '../plans.gql';

const OPINION_LONGEST = 500;

type Props = { action: PlanAction; plan: { id: string; code: string; version: number }; onClose: () => void };

/** Says what will happen; a refusal with its figures stays here, with what was written. */
export function ActDialog({ action, plan, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [opinion, setOpinion] = useState('');
  const form = useFormErrors();
  const { send, busy } = useOutcome(DecidePlanMutation);
  const needed = action === 'RETURN' || action === 'REJECT';
  const silent = action === 'SUBMIT' || action === 'WITHDRAW' || action === 'DISCARD';

  const submit = async () => {
    const words = opinion.trim();
    if (needed && !words) return form.refuse([{ field: 'opinion', message: t('plan.opinionMissing') }]);
    const answer = await send({ id: plan.id, expectedVersion: plan.version, action, opinion: words || null });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('plan.done', { code: plan.code, action: t(`plan.action.${action}`) }));
    onClose();
  };

  return (
    <DialogForm
      title={`${t(`plan.action.${action}`)} ${plan.code}`}
      submit={t(`plan.action.${action}`)}
      danger={action === 'REJECT' || action === 'DISCARD'}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(`plan.consequence.${action}`)}</p>
      {!silent && (
        <Field field="opinion" label={t('plan.opinion')} errors={form.errors} optional={!needed}>
          {(control) => (
            <Input.TextArea
              {...control}
              autoFocus
              rows={3}
              maxLength={OPINION_LONGEST}
              showCount
              value={opinion}
              onChange={(event) => {
                setOpinion(event.target.value);
                form.changed('opinion');
              }}
            />
          )}
        </Field>
      )}
    </DialogForm>
  );
}
