import { useCallback, useMemo, useState } from 'react';

/** Which rows of the page are ticked; rows that left the page, or may not be ticked any more, count no more. */
export function useSelection<Row extends { id: string }>(rows: readonly Row[] | null, mayBe: (row: Row) => boolean) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const selectable = useMemo(() => (rows ?? []).filter(mayBe), [rows, mayBe]);
  const chosen = useMemo(() => selectable.filter((row) => selected.has(row.id)), [selectable, selected]);
  const select = useCallback((id: string, on: boolean) => {
    setSelected((now) => {
      const next = new Set(now);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  }, []);
  const all = chosen.length === selectable.length;
  const toggleAll = () => setSelected(all ? new Set() : new Set(selectable.map((row) => row.id)));
  const clear = useCallback(() => setSelected(new Set()), []);
  return { selected, selectable, chosen, select, all, toggleAll, clear };
}
