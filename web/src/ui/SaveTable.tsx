import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type CsvCell, csvText, saveCsv } from '../lib/csv';

export type SavedTable = { header: string[]; rows: CsvCell[][] };

/** Saves a table that stands on the page whole; a list of many pages has its own export. */
export function SaveTable({ name, table }: { name: string; table: () => SavedTable }) {
  const { t } = useTranslation();
  return (
    <Button
      size="small"
      onClick={() => {
        const { header, rows } = table();
        saveCsv(`${name}.csv`, csvText(header, rows));
      }}
    >
      {t('list.save')}
    </Button>
  );
}
