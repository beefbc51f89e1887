/** Where a key leads on a map of so many cells, so many in a line; null = the key is none of ours. */
export function stepOf(key: string, at: number, cells: number, line: number): number | null {
  const start = at - (at % line);
  const ways: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - line,
    ArrowDown: at + line,
    Home: start,
    End: Math.min(start + line, cells) - 1,
    PageUp: at % line,
    PageDown: cells - 1 - ((cells - 1 - at) % line),
  };
  const to = ways[key];
  if (to === undefined) return null;
  return to < 0 || to >= cells ? at : to;
}

/** "10.20.0.0" and 21 → "10.20.0.21": a block never leaves its first three numbers. */
export function addressAt(first: string, at: number): string {
  const dot = first.lastIndexOf('.') + 1;
  return `${first.slice(0, dot)}${Number(first.slice(dot)) + at}`;
}
