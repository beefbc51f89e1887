import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CsvCell } from '../lib/csv';
import { saveTable, TABLE_FORMATS } from '../lib/save-table';

export type SavedTable = { header: string[]; rows: CsvCell[][] };

/** Saves a table that stands on the page whole; a list of many pages has its own export. */
export function SaveTable({ name, table }: { name: string; table: () => SavedTable }) {
  const { t } = useTranslation();
  return (
    <>
      {TABLE_FORMATS.map((format) => (
        <Button
          key={format}
          size="small"
          onClick={() => {
            const { header, rows } = table();
            void saveTable(name, format, header, rows);
          }}
        >
          {t(`list.save.${format}`)}
        </Button>
      ))}
    </>
  );
}
