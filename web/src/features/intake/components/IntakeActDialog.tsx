import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { IntakeAction } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { usePressKey } from '../../../lib/use-press-key';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { errorsOfPayload } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useNotice } from '../../../ui/notice';
import { ApproveIntakeMutation, IntakeOutcome, ReturnIntakeMutation, WithdrawIntakeMutation } from '../intake.gql';

const OPINION_LONGEST = 500;
const DOCUMENTS = { APPROVE: ApproveIntakeMutation, RETURN: ReturnIntakeMutation, WITHDRAW: WithdrawIntakeMutation };

type Props = {
  action: IntakeAction;
  batch: { id: string; code: string; version: number; itemCount: number };
  onClose: () => void;
};

/** Says what will happen; a refusal with its figures stays here, with what was written. */
export function IntakeActDialog({ action, batch, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const press = usePressKey();
  const [opinion, setOpinion] = useState('');
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [{ fetching }, mutate] = useMutation(DOCUMENTS[action]);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const words = opinion.trim();
    if (action === 'RETURN' && !words) return refuse([{ field: 'opinion', message: t('intake.opinionMissing') }]);
    const input = { id: batch.id, expectedVersion: batch.version, opinion: words || null };
    const result = await mutate({ input: { ...input, idempotencyKey: press.keyFor(input) } });
    if (!result.data) {
      const failure = result.error && failureOf(result.error);
      if (failure?.kind !== 'offline') press.answered();
      return refuse([{ field: '', message: failure && 'message' in failure ? failure.message : t('failure.offline') }]);
    }
    press.answered();
    const refused = errorsOfPayload(userErrorsOf(readFragment(IntakeOutcome, result.data.outcome).errors));
    if (refused.length > 0) return refuse(refused);
    notice(t(`intake.done.${action}`, { code: batch.code }));
    onClose();
  };

  return (
    <Dialog title={`${t(`intake.action.${action}`)} ${batch.code}`} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void send(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>{t(`intake.consequence.${action}`, { items: batch.itemCount })}</p>
        <Field field="opinion" label={t('request.opinion')} errors={errors} optional={action !== 'RETURN'}>
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
                changed('opinion');
              }}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" danger={action === 'WITHDRAW'} htmlType="submit" loading={fetching}>
            {t(`intake.action.${action}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
