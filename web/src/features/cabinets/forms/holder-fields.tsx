import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CabinetFace } from '../../../graphql/enums';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';

/** The step of a position and of a height. */
const HALF = 0.5;

type NumberProps = {
  label: string;
  hint?: string;
  value: number | null;
  onChange: (value: number | null) => void;
  errors?: readonly FormError[];
};

export function UnitField({ label, hint, value, onChange, errors = [] }: NumberProps) {
  return (
    <Field field="startUnit" label={label} hint={hint} errors={errors}>
      {(control) => (
        <InputNumber {...control} className="jy-full" step={HALF} value={value} onChange={onChange} prefix="U" />
      )}
    </Field>
  );
}

export function HeightField({ hint, value, onChange, errors = [] }: Omit<NumberProps, 'label'>) {
  const { t } = useTranslation();
  return (
    <Field field="heightUnits" label={t('cabinet.heightOf')} hint={hint} errors={errors}>
      {(control) => (
        <InputNumber {...control} className="jy-full" step={HALF} value={value} onChange={onChange} suffix="U" />
      )}
    </Field>
  );
}

type FaceProps = { value: CabinetFace; onChange: (face: CabinetFace) => void; faces: readonly CabinetFace[] };

export function FaceField({ value, onChange, faces }: FaceProps) {
  const { t } = useTranslation();
  return (
    <Field field="face" label={t('cabinet.faceTitle')} errors={[]}>
      {(control) => (
        <Select
          {...control}
          className="jy-full"
          value={value}
          onChange={onChange}
          options={faces.map((face) => ({ value: face, label: t(`cabinet.face.${face}`) }))}
        />
      )}
    </Field>
  );
}
