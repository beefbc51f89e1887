import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import type { SimulatorPageQuery } from '../simulator.gql';
import { parseRows } from './paste-rows';
import { type MachineRow, PASTED_COLUMNS } from './what-if-draft';

type Props = {
  centers: ResultOf<typeof SimulatorPageQuery>['centers'];
  /** Machines: what is of other kinds stays. */
  onRows: (rows: MachineRow[]) => void;
  onClose: () => void;
};

/** Rows as a spreadsheet copies them, or as a CSV has them. */
export function PasteDialog({ centers, onRows, onClose }: Props) {
  const { t } = useTranslation();
  const form = useFormErrors();
  const [text, setText] = useState('');
  const submit = async () => {
    const { rows, errors } = parseRows(text, centers, {
      zone: (zone) => t(`zone.${zone}`),
      localMode: (mode) => t(`localMode.${mode}`),
      remoteMode: (mode) => t(`remoteMode.${mode}`),
      architecture: (architecture) => t(`architecture.${architecture}`),
      yes: t('simulator.yes'),
    });
    if (rows.length === 0) return form.refuse([{ field: 'text', message: t('simulator.pasteEmpty') }]);
    if (errors.length > 0)
      return form.refuse(
        errors.map(({ row, column }) => ({
          field: 'text',
          message: t('simulator.pasteWrong', { row, column: t(`simulator.column.${column}`) }),
        })),
      );
    onRows(rows);
    onClose();
  };
  return (
    <DialogForm
      title={t('simulator.paste')}
      submit={t('simulator.pasteTake')}
      busy={false}
      form={form}
      onClose={onClose}
      onSubmit={submit}
    >
      <Field
        field="text"
        label={t('simulator.pasteLabel')}
        hint={t('simulator.pasteHint', {
          columns: PASTED_COLUMNS.map((column) => t(`simulator.column.${column}`)).join(t('common.comma')),
        })}
        errors={form.errors}
      >
        {(control) => (
          <Input.TextArea
            {...control}
            autoFocus
            rows={10}
            spellCheck={false}
            className="jy-code"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              form.changed('text');
            }}
          />
        )}
      </Field>
    </DialogForm>
  );
}
