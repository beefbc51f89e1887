import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { PolicyChoice } from '../components/NetworkPoliciesPanel';
import { AllowPolicyMutation, EndPolicyMutation, RejectPolicyMutation } from '../policies.gql';

const documents = { ALLOW: AllowPolicyMutation, REJECT: RejectPolicyMutation, END: EndPolicyMutation };

export function PolicyActDialog({ choice, onClose }: { choice: PolicyChoice; onClose: () => void }) {
  const { t } = useTranslation();
  const { policy, action } = choice;
  const notice = useNotice();
  const form = useFormErrors();
  const [opinion, setOpinion] = useState('');
  const { send, busy } = useOutcome(documents[action]);
  const submit = async () => {
    const answer = await send({ id: policy.id, expectedVersion: policy.version, opinion: opinion.trim() || null });
    if (!answer.data)
      return form.refuse(answer.errors.map((error) => (error.field === 'opinion' ? error : { ...error, field: '' })));
    notice(t('policy.acted', { act: t(`policy.action.${action}`), code: policy.code }));
    onClose();
  };
  return (
    <DialogForm
      title={`${t(`policy.action.${action}`)} ${policy.code}`}
      submit={t(`policy.action.${action}`)}
      danger={action === 'END'}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        {t(`policy.direction.${policy.direction}`)} <span className="jy-code">{policy.peer}</span> · {policy.protocol}{' '}
        {policy.ports}
      </p>
      <p>{t(`policy.consequence.${action}`)}</p>
      <Field field="opinion" label={t('work.opinion')} errors={form.errors} optional={action !== 'REJECT'}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={3}
            maxLength={500}
            value={opinion}
            onChange={(event) => setOpinion(event.target.value)}
          />
        )}
      </Field>
    </DialogForm>
  );
}
