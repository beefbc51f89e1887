import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { TakeBackProjectLinkMutation } from '../systems.gql';

type Props = {
  systemId: string;
  period: { from: string; project: { id: string; name: string } };
  onClose: () => void;
};

/** A period that was written by mistake: it goes as if it had never been, and the audit keeps why. */
export function TakeBackLinkDialog({ systemId, period, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(TakeBackProjectLinkMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [reason, setReason] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await send({ systemId, projectId: period.project.id, from: period.from, reason });
    if (!answer.data) return refuse(answer.errors);
    notice(t('system.linkTakenBack'));
    onClose();
  };

  return (
    <Dialog title={t('system.takeBackLinkOf', { name: period.project.name })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>{t('system.takeBackText', { from: period.from })}</p>
        <Field field="reason" label={t('system.takeBackReason')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              value={reason}
              onChange={(event) => {
                setReason(event.target.value);
                changed('reason');
              }}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" danger htmlType="submit" loading={busy}>
            {t('system.takeBackLink')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
