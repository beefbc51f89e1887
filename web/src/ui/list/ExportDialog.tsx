import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CombinedError } from 'urql';
import { failureOf } from '../../graphql/failure';
import { count } from '../../lib/quantity';
import { saveTable, type TableFormat } from '../../lib/save-table';
import { Dialog } from '../Dialog';
import { useNotice } from '../notice';
import { EXPORT_ROWS_MAX, type ExportedColumn, type ExportProgress, exportRows } from './export-rows';
import type { ShownList } from './use-list';

type Props<Row> = {
  list: Pick<ShownList<Row>, 'name' | 'readAll'>;
  columns: readonly ExportedColumn<Row>[];
  format: TableFormat;
  onClose: () => void;
};

/** Reads the whole filter while it is open; closing it stops the reading. */
export function ExportDialog<Row>({ list, columns, format, onClose }: Props<Row>) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  // What was on the screen when the button was pressed is what the file holds, whatever happens meanwhile.
  const pressed = useRef({ list, columns, format, onClose, notice, t });

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is one reading; nothing else begins one.
  useEffect(() => {
    const { list, columns, format, onClose, notice, t } = pressed.current;
    let stopped = false;
    setFailure(null);
    exportRows(columns, list.readAll(), setProgress, () => stopped)
      .then(async (file) => {
        if (!file || stopped) return;
        await saveTable(list.name, format, file.header, file.cells);
        const words = { rows: count(file.cells.length), total: count(file.total) };
        notice(t(file.total > file.cells.length ? 'list.exportedPart' : 'list.exported', words));
        onClose();
      })
      .catch((error: unknown) => {
        if (!stopped) setFailure(wordsOf(error, t('failure.offline')));
      });
    return () => {
      stopped = true;
    };
  }, [attempt]);

  return (
    <Dialog
      title={t(`list.export.${format}`)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          {failure && (
            <Button type="primary" onClick={() => setAttempt(attempt + 1)}>
              {t('common.retry')}
            </Button>
          )}
        </>
      }
    >
      {failure ? (
        <p role="alert" className="jy-tone-bad">
          {failure}
        </p>
      ) : (
        <>
          <p>
            {progress
              ? t('list.exportProgress', { done: count(progress.done), total: count(progress.total) })
              : t('common.loading')}
          </p>
          <progress
            className="jy-export-progress"
            aria-label={t(`list.export.${format}`)}
            max={progress?.total || 1}
            value={progress?.done ?? 0}
          />
          <p className="jy-quiet-text">{t('list.exportText', { max: count(EXPORT_ROWS_MAX) })}</p>
        </>
      )}
    </Dialog>
  );
}

function wordsOf(error: unknown, offline: string): string {
  if (!(error instanceof CombinedError)) return String(error);
  const failure = failureOf(error);
  return 'message' in failure ? failure.message : offline;
}
