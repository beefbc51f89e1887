import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';

type Props = {
  departments: readonly { id: string; name: string }[];
  value: string | null;
  errors: readonly FormError[];
  onChange: (id: string) => void;
};

/** Whose it is: of the departments that the viewer answers for. */
export function DepartmentField({ departments, value, errors, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Field field="departmentId" label={t('request.department')} errors={errors}>
      {(control) => (
        <Select
          {...control}
          className="jy-full"
          showSearch={{ optionFilterProp: 'label' }}
          value={value}
          onChange={onChange}
          options={departments.map((department) => ({ value: department.id, label: department.name }))}
        />
      )}
    </Field>
  );
}
