import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import type { TakeInForm } from '../take-in-form';
import type { Unrecorded } from './unrecorded-columns';

type Props = {
  machines: readonly Unrecorded[];
  form: TakeInForm;
  errors: readonly FormError[];
  onDay: (machineId: string, day: string) => void;
};

/** A day for each machine: what has none of its own has the one for all. */
export function MachineDays({ machines, form, errors, onDay }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className="jy-line-fields">
      <legend>{t('intake.dayOfEach')}</legend>
      {machines.map((machine) => (
        <Field
          key={machine.id}
          field={`days.${machine.id}`}
          label={`${machine.namespace}/${machine.name}`}
          errors={errors}
          optional={form.startedOn !== ''}
        >
          {(control) => (
            <Input
              {...control}
              type="date"
              value={form.days[machine.id] ?? form.startedOn}
              onChange={(event) => onDay(machine.id, event.target.value)}
            />
          )}
        </Field>
      ))}
    </fieldset>
  );
}
