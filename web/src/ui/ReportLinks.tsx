import { FileExcelOutlined, FilePdfOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ExportFile, type ExportQuery, exportUrl } from '../lib/export-url';

const units = ['YUAN', 'TEN_THOUSAND'] as const;
type ReportName = Exclude<ExportFile, 'focus.csv'> extends `${infer Name}.${string}` ? Name : never;

/** 政府版式 of what the page shows: the server lays it out, in yuan or in 万元, as a workbook or as paper. */
export function ReportLinks({ name, query, size }: { name: ReportName; query: ExportQuery; size?: 'small' }) {
  const { t } = useTranslation();
  return (
    <>
      {units.map((unit) => (
        <Button
          key={unit}
          size={size}
          icon={<FileExcelOutlined aria-hidden />}
          title={t('report.hint')}
          href={exportUrl(`${name}.xlsx`, { ...query, unit: unit === 'YUAN' ? null : unit })}
          download
        >
          {t(`report.in.${unit}`)}
        </Button>
      ))}
      <Button
        size={size}
        icon={<FilePdfOutlined aria-hidden />}
        title={t('report.hint')}
        href={exportUrl(`${name}.pdf`, query)}
        download
      >
        {t('report.paper')}
      </Button>
    </>
  );
}
