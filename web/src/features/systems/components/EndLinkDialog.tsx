import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { EndProjectLinkMutation } from '../systems.gql';

type Props = {
  systemId: string;
  period: { from: string; project: { id: string; name: string } };
  onClose: () => void;
};

/** The first day on which the project no longer pays. */
export function EndLinkDialog({ systemId, period, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(EndProjectLinkMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [to, setTo] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await send({ systemId, projectId: period.project.id, from: period.from, to });
    if (!answer.data) return refuse(answer.errors);
    notice(t('system.linkEnded'));
    onClose();
  };

  return (
    <Dialog title={t('system.endLinkOf', { name: period.project.name })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <Field field="to" label={t('system.to')} hint={t('system.toHint')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              type="date"
              value={to}
              onChange={(event) => {
                setTo(event.target.value);
                changed('to');
              }}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('system.endLink')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
