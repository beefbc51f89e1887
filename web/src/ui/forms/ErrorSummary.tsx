import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RemedyLink } from '../gates/RemedyLink';
import { fieldId, findField } from './form-errors';
import type { FormErrors } from './use-form-errors';

/** Of a thousand lines a thousand may be refused: the first are read, the others on demand. */
const SHOWN_FIRST = 20;

/**
 * What must be put right, on top of the form, in the same words as beside the fields. It takes the focus each time the form is
 * refused, because otherwise a screen reader hears nothing and a long form hides it; never while a person writes.
 */
export function ErrorSummary({ errors, refusals }: Pick<FormErrors, 'errors' | 'refusals'>) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [all, setAll] = useState(false);
  useEffect(() => {
    if (refusals > 0) box.current?.focus();
  }, [refusals]);
  if (errors.length === 0) return null;
  return (
    <div ref={box} className="jy-error-summary" role="alert" tabIndex={-1}>
      <h2>
        {errors.every((error) => error.field === '')
          ? t('form.refused')
          : t('form.errorSummary', { total: errors.length })}
      </h2>
      <ul>
        {(all ? errors : errors.slice(0, SHOWN_FIRST)).map((error) => (
          <li key={`${error.field} ${error.message}`}>
            {error.field ? (
              <a
                href={`#${fieldId(error.field)}`}
                onClick={(event) => {
                  event.preventDefault();
                  const control = findField(error.field);
                  control?.focus();
                  control?.scrollIntoView?.({ block: 'center' });
                }}
              >
                {error.message}
              </a>
            ) : (
              error.message
            )}
            {error.remedy && <RemedyLink remedy={error.remedy} />}
          </li>
        ))}
      </ul>
      {!all && errors.length > SHOWN_FIRST && (
        <Button size="small" onClick={() => setAll(true)}>
          {t('form.showAll', { more: errors.length - SHOWN_FIRST })}
        </Button>
      )}
    </div>
  );
}
