import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { NameCentralMutation } from '../budgets.gql';

/** 财政统付: names the item that pays for what no department pays itself. */
export function CentralButton({ id, year }: { id: string; year: number }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [open, setOpen] = useState(false);
  const { send, busy } = useOutcome(NameCentralMutation);
  const form = useFormErrors();
  const submit = async () => {
    const answer = await send({ id });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('budget.centralNamed', { year }));
    setOpen(false);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('budget.nameCentral')}</Button>
      {open && (
        <DialogForm
          title={t('budget.nameCentral')}
          submit={t('budget.nameCentral')}
          busy={busy}
          form={form}
          onSubmit={submit}
          onClose={() => setOpen(false)}
        >
          <p>{t('budget.nameCentralText', { year })}</p>
        </DialogForm>
      )}
    </>
  );
}
