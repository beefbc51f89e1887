import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Props<Row extends { key: string }> = {
  /** As refusals name it, e.g. "services". */
  field: string;
  title: string;
  hint?: string;
  add: string;
  rows: readonly Row[];
  max: number;
  make: () => Row;
  onChange: (rows: Row[]) => void;
  children: (row: Row, at: number, put: (patch: Partial<Row>) => void) => ReactNode;
};

/** Rows of one kind in a form: added, filled in side by side, removed. */
export function RowEditor<Row extends { key: string }>(props: Props<Row>) {
  const { field, title, hint, add, rows, max, make, onChange, children } = props;
  const { t } = useTranslation();
  return (
    <fieldset className="jy-spend-rows" id={`field-${field}`} tabIndex={-1}>
      <legend>{title}</legend>
      {hint && <p className="jy-hint">{hint}</p>}
      {rows.map((row, at) => (
        <div key={row.key} className="jy-spend-row">
          {children(row, at, (patch) =>
            onChange(rows.map((other) => (other.key === row.key ? { ...other, ...patch } : other))),
          )}
          <Button
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('contract.remove', { at: at + 1 })}
            onClick={() => onChange(rows.filter((other) => other.key !== row.key))}
          />
        </div>
      ))}
      {rows.length < max && (
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => onChange([...rows, make()])}>
          {add}
        </Button>
      )}
    </fieldset>
  );
}
