import { Button } from 'antd';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import type { useFormErrors } from '../../../ui/forms/use-form-errors';

type Props = {
  title: string;
  submit: string;
  danger?: boolean;
  busy: boolean;
  form: ReturnType<typeof useFormErrors>;
  onSubmit: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
};

/** A form in a dialog: what is wrong on top, the act at the foot. */
export function EnergyForm({ title, submit, danger = false, busy, form, onSubmit, onClose, children }: Props) {
  const { t } = useTranslation();
  const send = (event: FormEvent) => {
    event.preventDefault();
    void onSubmit();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={send}>
        <ErrorSummary errors={form.errors} refusals={form.refusals} />
        {children}
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" danger={danger} htmlType="submit" loading={busy}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
