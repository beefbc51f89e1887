import { ColumnHeightOutlined, DownloadOutlined, FileExcelOutlined, SettingOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TABLE_FORMATS, type TableFormat } from '../../lib/save-table';
import { MenuButton } from '../MenuButton';
import type { TableChoice } from './columns';

type Props = {
  columns: readonly { key: string; title: string; leading?: boolean }[];
  choice: TableChoice;
  onChoice: (choice: TableChoice) => void;
  onExport: ((format: TableFormat) => void) | null;
  children?: ReactNode;
};

/** Density, columns and the file of what is shown. */
export function TableTools({ columns, choice, onChoice, onExport, children }: Props) {
  const { t } = useTranslation();
  const compact = choice.density === 'compact';
  const toggle = (key: string) => {
    const hidden = choice.hidden.includes(key)
      ? choice.hidden.filter((other) => other !== key)
      : [...choice.hidden, key];
    onChoice({ ...choice, hidden });
  };
  return (
    <div className="jy-table-tools">
      {children}
      <Button
        type="text"
        aria-label={t('table.compact')}
        title={t('table.compact')}
        aria-pressed={compact}
        icon={<ColumnHeightOutlined aria-hidden />}
        onClick={() => onChoice({ ...choice, density: compact ? 'regular' : 'compact' })}
      />
      <MenuButton label={t('table.columns')} icon={<SettingOutlined aria-hidden />}>
        {() => (
          <fieldset className="jy-column-picker">
            <legend>{t('table.columns')}</legend>
            {columns.map((column) => (
              <label key={column.key}>
                <input
                  type="checkbox"
                  checked={column.leading || !choice.hidden.includes(column.key)}
                  disabled={column.leading}
                  onChange={() => toggle(column.key)}
                />
                {column.title}
              </label>
            ))}
          </fieldset>
        )}
      </MenuButton>
      {onExport &&
        TABLE_FORMATS.map((format) => (
          <Button
            key={format}
            type="text"
            aria-label={t(`list.export.${format}`)}
            title={t(`list.export.${format}`)}
            icon={format === 'CSV' ? <DownloadOutlined aria-hidden /> : <FileExcelOutlined aria-hidden />}
            onClick={() => onExport(format)}
          />
        ))}
    </div>
  );
}
