import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type FormError, fieldId } from '../../../ui/forms/form-errors';
import { nextKey } from './server-draft';

type Props<Row extends { key: number }> = {
  /** Its name among the fields, where the server speaks of the list as a whole. */
  field: string;
  title: string;
  add: string;
  rows: readonly Row[];
  errors: readonly FormError[];
  fresh: (key: number) => Row;
  onChange: (rows: Row[]) => void;
  children: (row: Row, number: number, change: (patch: Partial<Row>) => void) => ReactNode;
};

/** Rows of one kind of part, each with its fields and a way to take it away. */
export function PartRows<Row extends { key: number }>(props: Props<Row>) {
  const { field, title, add, rows, errors, fresh, onChange, children } = props;
  const { t } = useTranslation();
  const own = errors.filter((error) => error.field === field);
  return (
    <section className="jy-part-rows" id={fieldId(field)} tabIndex={-1} aria-label={title}>
      <h3>{title}</h3>
      {own.length > 0 && <div className="jy-field-error">{own.map(({ message }) => message).join(' ')}</div>}
      {rows.map((row, number) => (
        <fieldset key={row.key} className="jy-part-row">
          <legend className="jy-sr-only">{t('server.partNumber', { title, number: number + 1 })}</legend>
          <div className="jy-fields-row">
            {children(row, number, (patch) =>
              onChange(rows.map((other) => (other.key === row.key ? { ...other, ...patch } : other))),
            )}
          </div>
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('server.removePart', { title, number: number + 1 })}
            onClick={() => onChange(rows.filter((other) => other.key !== row.key))}
          />
        </fieldset>
      ))}
      <Button icon={<PlusOutlined aria-hidden />} onClick={() => onChange([...rows, fresh(nextKey(rows))])}>
        {add}
      </Button>
    </section>
  );
}
