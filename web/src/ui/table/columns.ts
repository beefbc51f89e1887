import type { ReactNode } from 'react';
import type { CsvCell } from '../../lib/csv';

/** Lists come in pages by key, so only the server can sort; a column names the server's orders that sort by it. */
export type ColumnOrder<Order extends string> = { ascending?: Order; descending?: Order };

export type Column<Row, Order extends string = never> = {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  /** The same value for the exported file: exact, without words of politeness. */
  text: (row: Row) => CsvCell;
  numeric?: boolean;
  /** Leads the row and cannot be hidden. */
  leading?: boolean;
  /** A box to tick and nothing else: its title is heard, and takes no room. */
  tick?: boolean;
  /** Hidden until chosen. */
  optional?: boolean;
  order?: ColumnOrder<Order>;
};

export type TableChoice = { hidden: string[]; density: 'regular' | 'compact' };

/** What this browser chose for one table; anything unreadable is the default. */
export function parseTableChoice(text: string | null, defaultHidden: string[]): TableChoice {
  const fallback: TableChoice = { hidden: defaultHidden, density: 'regular' };
  if (!text) return fallback;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return fallback;
    const { hidden, density } = value as { hidden?: unknown; density?: unknown };
    return {
      hidden: Array.isArray(hidden) ? hidden.filter((key): key is string => typeof key === 'string') : defaultHidden,
      density: density === 'compact' ? 'compact' : 'regular',
    };
  } catch {
    return fallback;
  }
}

/** What a choice leaves to be seen; what leads a row always is. */
export const shownColumns = <C extends { key: string; leading?: boolean }>(
  columns: readonly C[],
  choice: TableChoice,
): C[] => columns.filter((column) => column.leading || !choice.hidden.includes(column.key));

/** The order after a press on the column's head: the other direction where there is one. */
export function nextOrder<Order extends string>(order: ColumnOrder<Order>, current: Order): Order | undefined {
  if (current === order.ascending) return order.descending ?? current;
  if (current === order.descending) return order.ascending ?? current;
  return order.ascending ?? order.descending;
}

export function ariaSort<Order extends string>(
  order: ColumnOrder<Order> | undefined,
  current: Order | undefined,
): 'ascending' | 'descending' | 'none' | undefined {
  if (!order) return undefined;
  if (current !== undefined && current === order.ascending) return 'ascending';
  if (current !== undefined && current === order.descending) return 'descending';
  return 'none';
}
