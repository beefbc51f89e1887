/** What the server makes a file of; beside GraphQL, as files are. */
export type ExportFile =
  | 'focus.csv'
  | `${'statement' | 'costs' | 'budgets' | 'reconciliation' | 'contracts' | 'payments'}.${'xlsx' | 'csv' | 'pdf'}`;
export type ExportQuery = Readonly<Record<string, string | null | undefined>>;

/** What is not said is left out, so that an address says what is in the file. */
export function exportUrl(file: ExportFile, query: ExportQuery): string {
  const said = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const text = new URLSearchParams(said).toString();
  return `/exports/${file}${text === '' ? '' : `?${text}`}`;
}
