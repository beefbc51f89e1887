import { type ClipboardEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridColumn } from './BatchGrid';

type Props = {
  row: number;
  column: GridColumn;
  value: string;
  problems: readonly string[];
  onCommit: (value: string) => void;
  onPaste: (event: ClipboardEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** One cell. It is kept when it is left; Esc brings back what was there. Enter keeps a cell as it stands, also one that could not be read. */
export function BatchCell({ row, column, value, problems, onCommit, onPaste, onKeyDown }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const [kept, setKept] = useState(value);
  if (kept !== value) {
    setKept(value);
    setText(value);
  }
  const id = `batch-${row}-${column.key}`;
  const wrong = problems.length > 0;
  return (
    <td data-wrong={wrong}>
      <input
        className="jy-lines-grid-cell"
        data-cell={`${row}.${column.key}`}
        aria-label={t('batch.cell', { row, column: column.title })}
        aria-invalid={wrong}
        aria-describedby={wrong ? id : undefined}
        list={column.choices.length > 0 ? `batch-list-${column.key}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => {
          if (text.trim() !== value) onCommit(text.trim());
        }}
        onPaste={onPaste}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setText(value);
          // A formula's value that is right as it stands: Enter says so.
          if (event.key === 'Enter' && wrong && text.trim() === value) onCommit(value);
          onKeyDown(event);
        }}
      />
      {wrong && (
        <span id={id} className="jy-field-error">
          {problems.join('；')}
        </span>
      )}
    </td>
  );
}
