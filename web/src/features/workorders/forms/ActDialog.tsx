import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { actDocuments, asksWhy, isDangerous, type SimpleAct } from '../acts';

const OPINION_LONGEST = 500;

type Props = { act: SimpleAct; order: { id: string; code: string; version: number }; onClose: () => void };

/** One act with the word for it; a refusal stays here, with what was written. */
export function ActDialog({ act, order, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [opinion, setOpinion] = useState('');
  const { send, busy } = useOutcome(actDocuments[act]);
  const submit = async () => {
    const answer = await send({ id: order.id, expectedVersion: order.version, opinion: opinion.trim() || null });
    if (!answer.data)
      return form.refuse(answer.errors.map((error) => (error.field === 'opinion' ? error : { ...error, field: '' })));
    notice(t('work.acted', { act: t(`work.action.${act}`), code: order.code }));
    onClose();
  };
  return (
    <DialogForm
      title={t('work.actTitle', { act: t(`work.action.${act}`), code: order.code })}
      submit={t(`work.action.${act}`)}
      danger={isDangerous(act)}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(`work.consequence.${act}`)}</p>
      <Field field="opinion" label={t('work.opinion')} errors={form.errors} optional={!asksWhy(act)}>
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
