import { Button } from 'antd';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorSummary } from './ErrorSummary';
import type { FormError } from './form-errors';

type Props = {
  errors: readonly FormError[];
  refusals: number;
  busy: boolean;
  submit: string;
  onSubmit: (event: FormEvent) => Promise<void>;
  onCancel: () => void;
  children: ReactNode;
};

/** What a form that is a page has around its fields. */
export function PageForm({ errors, refusals, busy, submit, onSubmit, onCancel, children }: Props) {
  const { t } = useTranslation();
  return (
    <form className="jy-form jy-form-wide" noValidate onSubmit={(event) => void onSubmit(event)}>
      <ErrorSummary errors={errors} refusals={refusals} />
      {children}
      <div className="jy-form-foot">
        <Button type="primary" htmlType="submit" loading={busy} aria-busy={busy}>
          {submit}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}
