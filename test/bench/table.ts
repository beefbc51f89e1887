export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** From the design's table of numbers to reach. */
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number };
}

/** A Markdown table, and whether every goal was met. */
export function render(rows: readonly Row[]): { text: string; met: boolean } {
  const met = rows.map(
    ({ value, goal }) => goal === undefined || ('atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost),
  );
  const lines = rows.map(({ what, value, unit, goal }, i) => {
    const said = goal === undefined ? '' : 'atLeast' in goal ? `≥ ${goal.atLeast}${unit}` : `≤ ${goal.atMost}${unit}`;
    return `| ${what} | ${value >= 100 ? value.toFixed(0) : value.toFixed(2)}${unit} | ${said} | ${goal === undefined ? '' : met[i] ? 'met' : 'MISSED'} |`;
  });
  return { text: ['| what | measured | goal | |', '|---|---|---|---|', ...lines].join('\n'), met: met.every(Boolean) };
}
