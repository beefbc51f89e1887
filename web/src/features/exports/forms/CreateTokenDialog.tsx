import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportName, ExportTokenKind } from '../../../graphql/enums';
import { DepartmentSelect } from '../../../ui/departments/DepartmentSelect';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, NumberBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useMay } from '../../../ui/viewer-context';
import { CreateExportTokenMutation } from '../exports.gql';
import type { Made } from './SecretDialog';

const PURPOSE_LONGEST = 200;
/** The server's own limits. */
const DAYS_MAX = { PERSONAL: 90, SERVICE: 366 } as const;
const DAYS_OFFERED = { PERSONAL: 30, SERVICE: 366 } as const;
const kinds: readonly ExportTokenKind[] = ['PERSONAL', 'SERVICE'];
const ofCosts: readonly ExportName[] = ['FOCUS', 'STATEMENT', 'COSTS', 'BUDGETS'];
const ofSpend: readonly ExportName[] = ['RECONCILIATION', 'CONTRACTS', 'PAYMENTS'];

type Props = { onMade: (made: Made) => void; onClose: () => void };

/** A key for a machine: what it is for, what it opens, until when. */
export function CreateTokenDialog({ onMade, onClose }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const { send, busy } = useOutcome(CreateExportTokenMutation);
  const form = useFormErrors();
  const [kind, setKind] = useState<ExportTokenKind>('PERSONAL');
  const [purpose, setPurpose] = useState('');
  const [exports, setExports] = useState<ExportName[]>(['FOCUS']);
  const [days, setDays] = useState<number | null>(DAYS_OFFERED.PERSONAL);
  const [departmentId, setDepartmentId] = useState('');
  const offered = may('SPEND', 'READ') ? [...ofCosts, ...ofSpend] : ofCosts;
  const submit = async () => {
    const wrong: FormError[] = [];
    if (!purpose.trim()) wrong.push({ field: 'purpose', message: t('dataExport.purposeMissing') });
    if (exports.length === 0) wrong.push({ field: 'exports', message: t('dataExport.opensMissing') });
    if (days === null) wrong.push({ field: 'days', message: t('dataExport.daysMissing') });
    if (wrong.length > 0) return form.refuse(wrong);
    const answer = await send({ kind, purpose, exports, days: days ?? 0, departmentId: departmentId || null });
    if (!answer.data) return form.refuse(answer.errors);
    onMade({ secret: answer.data.outcome.secret, waits: kind === 'SERVICE', purpose });
  };
  return (
    <DialogForm
      title={t('dataExport.create')}
      submit={t('dataExport.create')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <ChoiceBox
        field="kind"
        label={t('dataExport.kind')}
        hint={t(`dataExport.kindText.${kind}`)}
        errors={form.errors}
        value={kind}
        options={kinds.map((value) => ({ value, label: t(`dataExport.kinds.${value}`) }))}
        onChange={(value) => {
          setKind(value);
          setDays(DAYS_OFFERED[value]);
          form.changed('days');
        }}
      />
      <TextBox
        field="purpose"
        label={t('dataExport.purpose')}
        hint={t('dataExport.purposeHint')}
        errors={form.errors}
        max={PURPOSE_LONGEST}
        value={purpose}
        onChange={(value) => {
          setPurpose(value);
          form.changed('purpose');
        }}
      />
      <Field
        field="departmentId"
        label={t('department.one')}
        hint={t('dataExport.departmentHint')}
        optional
        errors={form.errors}
      >
        {(control) => (
          <DepartmentSelect
            control={control}
            value={departmentId}
            none={t('department.any')}
            onChange={(id) => {
              setDepartmentId(id);
              if (id !== '') setExports((chosen) => chosen.filter((one) => !ofSpend.includes(one)));
              form.changed('departmentId');
            }}
          />
        )}
      </Field>
      <Field field="exports" label={t('dataExport.opens')} errors={form.errors}>
        {({ id }) => (
          <Checkbox.Group
            options={offered.map((value, place) => ({
              value,
              label: t(`dataExport.names.${value}`),
              // What was really paid is the province's: no department has a part of it.
              disabled: departmentId !== '' && ofSpend.includes(value),
              ...(place === 0 ? { id } : {}),
            }))}
            value={exports}
            onChange={(chosen) => {
              setExports(chosen);
              form.changed('exports');
            }}
          />
        )}
      </Field>
      <NumberBox
        field="days"
        label={t('dataExport.days')}
        hint={t('dataExport.daysHint', { max: DAYS_MAX[kind] })}
        errors={form.errors}
        min={1}
        max={DAYS_MAX[kind]}
        value={days}
        onChange={(value) => {
          setDays(value);
          form.changed('days');
        }}
      />
    </DialogForm>
  );
}
