import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../../graphql/tada';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { PlanListRow } from '../components/plan-columns';
import { ApprovePlansMutation, PlanRow } from '../plans.gql';

const OPINION_LONGEST = 500;

/** All of the page that wait for the cloud authority: each stands alone, and what was refused says why. */
export function ApproveAllDialog({ plans, onClose }: { plans: readonly PlanListRow[]; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(ApprovePlansMutation);
  const [opinion, setOpinion] = useState('');
  // As they were when the dialog opened: those that are approved leave the list behind it.
  const [asked] = useState(plans);

  const submit = async () => {
    const items = asked.map(({ id, version }) => ({ id, expectedVersion: version }));
    const answer = await send({ items, opinion: opinion.trim() || null });
    if (!answer.data) return form.refuse(answer.errors);
    const { results } = answer.data.outcome;
    const refused = results.flatMap(({ errors }, at) =>
      errors.map(({ message }) => ({ field: '', message: `${asked[at]?.department.name ?? ''}：${message}` })),
    );
    const done = results.filter(({ plan }) => plan && readFragment(PlanRow, plan).state === 'APPROVED').length;
    notice(t('plan.approveAllDone', { done, failed: results.length - done }));
    if (refused.length > 0) return form.refuse(refused);
    onClose();
  };

  return (
    <DialogForm
      title={t('plan.approveAllTitle', { count: asked.length })}
      submit={t('plan.action.APPROVE')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('plan.approveAllText')}</p>
      <ul className="jy-plain-list">
        {asked.map(({ id, code, department }) => (
          <li key={id}>
            <span>
              <span className="jy-code">{code}</span> {department.name}
            </span>
          </li>
        ))}
      </ul>
      <Field field="opinion" label={t('plan.opinion')} errors={form.errors} optional>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={2}
            maxLength={OPINION_LONGEST}
            value={opinion}
            onChange={(event) => setOpinion(event.target.value)}
          />
        )}
      </Field>
    </DialogForm>
  );
}
