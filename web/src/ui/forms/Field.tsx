import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type FormError, fieldId } from './form-errors';

/** What a control needs to belong to its label, hint and error. */
export type ControlProps = {
  id: string;
  status: 'error' | undefined;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
  'aria-required': boolean;
};

type Props = {
  field: string;
  label: string;
  hint?: ReactNode;
  errors: readonly FormError[];
  optional?: boolean;
  children: (control: ControlProps) => ReactNode;
};

/** A label over its control, the hint and the error between them and nothing beside: one column reads the same on every width. */
export function Field({ field, label, hint, errors, optional = false, children }: Props) {
  const { t } = useTranslation();
  const id = fieldId(field);
  const own = errors.filter((error) => error.field === field);
  const described = [hint ? `${id}-hint` : '', own.length > 0 ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="jy-field" data-invalid={own.length > 0}>
      <label htmlFor={id}>
        {label}
        {optional && <span className="jy-quiet-text"> {t('form.optional')}</span>}
      </label>
      {hint && (
        <div id={`${id}-hint`} className="jy-hint">
          {hint}
        </div>
      )}
      {own.length > 0 && (
        <div id={`${id}-error`} className="jy-field-error">
          {own.map((error) => error.message).join(' ')}
        </div>
      )}
      {children({
        id,
        status: own.length > 0 ? 'error' : undefined,
        'aria-invalid': own.length > 0,
        'aria-describedby': described || undefined,
        'aria-required': !optional,
      })}
    </div>
  );
}
