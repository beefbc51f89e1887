import { Button } from 'antd';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import type { FormError } from '../../../ui/forms/form-errors';
import type { FormErrors } from '../../../ui/forms/use-form-errors';
import { useNotice } from '../../../ui/notice';
import type { Kind } from '../components/catalog-rows';

/** What a form of a new entry answers its frame: what was refused, or null when it is there. */
export type Sent = { data: object | null; errors: readonly FormError[] };

type Props = {
  kind: Kind;
  name: string;
  form: FormErrors;
  busy: boolean;
  onSend: () => Promise<Sent>;
  onClose: () => void;
  children: ReactNode;
};

/** Around the boxes of every new entry: what must be put right, and the buttons. */
export function EntryFrame({ kind, name, form, busy, onSend, onClose, children }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await onSend();
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('catalog.added', { name: name.trim() }));
    onClose();
  };
  return (
    <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={form.errors} refusals={form.refusals} />
      {children}
      <div className="jy-dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t(`catalog.add.${kind}`)}
        </Button>
      </div>
    </form>
  );
}
