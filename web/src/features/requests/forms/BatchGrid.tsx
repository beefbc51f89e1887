import { CheckCircleOutlined, CloseCircleOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { WideTable } from '../../../ui/WideTable';
import { BatchCell } from './BatchCell';
import { pastedCells } from './paste-cells';
import type { TypedCell } from './use-batch-edit';
import { useToldProblems } from './use-told-problems';

export type GridRow = {
  number: number;
  cells: readonly string[];
  problems: readonly { column: string | null; message: string }[];
};
export type GridColumn = { key: string; title: string; required: boolean; note: string; choices: readonly string[] };

type Props = {
  label: string;
  columns: readonly GridColumn[];
  rows: readonly GridRow[];
  onType: (cells: readonly TypedCell[]) => void;
  /** null = none may be taken out now. */
  onRemove: ((row: number) => void) | null;
  /** More that is done with a row. */
  tools?: (row: number) => ReactNode;
  /** A row that was just added: its first field has the focus once it is there. */
  focusOn?: number | null;
};

/** The table as it was sent, each cell a field: Tab goes on, Enter goes down, and a block of a spreadsheet can be pasted over it. */
export function BatchGrid({ label, columns, rows, onType, onRemove, tools, focusOn = null }: Props) {
  const { t } = useTranslation();
  const body = useRef<HTMLTableSectionElement>(null);
  const keys = columns.map(({ key }) => key);
  const numbers = rows.map(({ number }) => number);

  const told = useToldProblems(rows, columns);

  // The row that had the focus is gone: the one that stands there now has it, so that the next can be reached at once.
  const taken = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for whenever rows have come or gone.
  useEffect(() => {
    if (taken.current === null) return;
    const at = Math.min(taken.current, rows.length - 1);
    taken.current = null;
    body.current?.rows[at]?.querySelector<HTMLElement>('input')?.focus();
  }, [rows.length, numbers.join()]);

  const shown = focusOn !== null && numbers.includes(focusOn);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each row, when it has come.
  useEffect(() => {
    if (shown) body.current?.querySelector<HTMLElement>(`[data-cell="${focusOn}.${keys[0]}"]`)?.focus();
  }, [shown, focusOn]);

  const paste = (event: ClipboardEvent, row: number, column: string) => {
    const cells = pastedCells(event.clipboardData.getData('text'), { row, column }, numbers, keys);
    if (!cells) return;
    event.preventDefault();
    onType(cells);
  };
  const move = (event: KeyboardEvent, row: number, column: string) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const next = numbers[numbers.indexOf(row) + (event.shiftKey ? -1 : 1)];
    const field = body.current?.querySelector<HTMLInputElement>(`[data-cell="${next}.${column}"]`);
    // Leaving the field is what keeps it, also in the last row.
    if (field) field.focus();
    else (event.target as HTMLElement).blur();
  };

  return (
    <WideTable label={label}>
      <p className="jy-sr-only" role="status">
        {told}
      </p>
      {columns.map(({ key, choices }) =>
        choices.length === 0 ? null : (
          <datalist key={key} id={`batch-list-${key}`}>
            {choices.map((choice) => (
              <option key={choice} value={choice} />
            ))}
          </datalist>
        ),
      )}
      <table className="jy-lines-grid" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('batch.row')}</th>
            {columns.map(({ key, title, required, note }) => (
              <th key={key} scope="col" title={note}>
                {title}
                {required && <span className="jy-lines-grid-required">{t('batch.required')}</span>}
              </th>
            ))}
            <th scope="col">
              <span className="jy-sr-only">{t('batch.removeColumn')}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map(({ number, cells, problems }) => (
            <tr key={number} data-wrong={problems.length > 0}>
              <th scope="row">
                <span className="jy-lines-grid-number">
                  {problems.length > 0 ? <CloseCircleOutlined aria-hidden /> : <CheckCircleOutlined aria-hidden />}
                  <span className="jy-number">{number}</span>
                  <span className="jy-sr-only">{t(problems.length > 0 ? 'batch.wrong' : 'batch.right')}</span>
                </span>
                {problems
                  .filter(({ column }) => column === null)
                  .map(({ message }) => (
                    <span key={message} className="jy-field-error">
                      {message}
                    </span>
                  ))}
              </th>
              {columns.map((column, at) => (
                <BatchCell
                  key={column.key}
                  row={number}
                  column={column}
                  value={cells[at] ?? ''}
                  problems={problems.filter((problem) => problem.column === column.key).map(({ message }) => message)}
                  onCommit={(value) => onType([{ row: number, column: column.key, value }])}
                  onPaste={(event) => paste(event, number, column.key)}
                  onKeyDown={(event) => move(event, number, column.key)}
                />
              ))}
              <td>
                <span className="jy-lines-grid-tools">
                  {tools?.(number)}
                  <Button
                    type="text"
                    size="small"
                    disabled={!onRemove}
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('batch.remove', { row: number })}
                    title={t('batch.remove', { row: number })}
                    onClick={() => {
                      taken.current = numbers.indexOf(number);
                      onRemove?.(number);
                    }}
                  />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
