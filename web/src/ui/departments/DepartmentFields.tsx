import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '../forms/Field';
import type { FormError } from '../forms/form-errors';
import { DepartmentSelect } from './DepartmentSelect';

type Props = {
  /** Empty = not chosen yet. */
  ids: readonly string[];
  path: string;
  errors: readonly FormError[];
  onChange: (ids: string[]) => void;
};

/** The departments that a rule is for: each names one with all below it; one set to none is none. */
export function DepartmentFields({ ids, path, errors, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className="jy-fields-row">
      {ids.map((id, index) => (
        <Field
          // biome-ignore lint/suspicious/noArrayIndexKey: a field is its place until it is filled in.
          key={index}
          field={`${path}.${index}`}
          label={t('department.one')}
          errors={errors}
          optional
        >
          {(control) => (
            <DepartmentSelect
              control={control}
              value={id}
              none={t('department.any')}
              onChange={(next) => onChange(ids.map((one, at) => (at === index ? next : one)))}
            />
          )}
        </Field>
      ))}
      <div className="jy-field">
        <Button onClick={() => onChange([...ids, ''])}>{t('department.add')}</Button>
      </div>
    </div>
  );
}
