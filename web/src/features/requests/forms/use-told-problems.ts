import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridColumn, GridRow } from './BatchGrid';

/** More than a few at once, as after a paste, are not read out: where they stand is told by their cells. */
const READ_OUT_MOST = 3;

/**
 * What has become wrong since the last look, in words for whoever hears the page: a cell is judged after it was left, when the
 * focus is elsewhere already. Nothing for what was wrong from the beginning, or came with another page.
 */
export function useToldProblems(rows: readonly GridRow[], columns: readonly GridColumn[]): string {
  const { t } = useTranslation();
  const [told, setTold] = useState('');
  const before = useRef<ReadonlyMap<number, ReadonlySet<string>> | null>(null);
  useEffect(() => {
    const now = new Map(
      rows.map(({ number, problems }) => [
        number,
        new Set(problems.map(({ column, message }) => `${column} ${message}`)),
      ]),
    );
    const known = before.current;
    before.current = now;
    if (!known) return;
    const fresh = rows.flatMap(({ number, problems }) => {
      const was = known.get(number);
      if (!was) return [];
      return problems
        .filter(({ column, message }) => !was.has(`${column} ${message}`))
        .map(({ column, message }) => {
          const title = columns.find(({ key }) => key === column)?.title ?? '';
          return `${t('batch.cell', { row: number, column: title })}: ${message}`;
        });
    });
    const mended = [...known].some(([number, was]) => was.size > (now.get(number)?.size ?? was.size));
    if (fresh.length > 0)
      setTold(fresh.length > READ_OUT_MOST ? t('batch.newlyWrong', { cells: fresh.length }) : fresh.join('; '));
    else if (mended) setTold(t('batch.mended'));
  }, [rows, columns, t]);
  return told;
}
