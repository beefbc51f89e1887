import { Button } from 'antd';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../Dialog';
import { ErrorSummary } from './ErrorSummary';
import type { FormErrors } from './use-form-errors';

type Props = {
  title: string;
  submit: string;
  danger?: boolean;
  /** There is nothing to send; the form says why. */
  disabled?: boolean;
  busy: boolean;
  form: Pick<FormErrors, 'errors' | 'refusals'>;
  onSubmit: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
};

/** A form in a dialog: what is wrong on top, the act at the foot. */
export function DialogForm({ title, submit, danger, disabled, busy, form, onSubmit, onClose, children }: Props) {
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
          <Button type="primary" danger={danger} disabled={disabled} htmlType="submit" loading={busy} aria-busy={busy}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
