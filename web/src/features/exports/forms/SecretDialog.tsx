import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { exportUrl } from '../../../lib/export-url';
import { Dialog } from '../../../ui/Dialog';
import { useNotice } from '../../../ui/notice';

export type Made = { secret: string | null; waits: boolean; purpose: string };

/** The token, this once; and how a machine shows it. */
export function SecretDialog({ made: { purpose, secret, waits }, onClose }: { made: Made; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const address = `${window.location.origin}${exportUrl('focus.csv', { month: 'YYYY-MM' })}`;
  return (
    <Dialog
      title={t('dataExport.madeTitle', { purpose })}
      onClose={onClose}
      footer={
        <>
          {secret && (
            <Button
              onClick={() => {
                void navigator.clipboard.writeText(secret).then(() => notice(t('dataExport.copied')));
              }}
            >
              {t('dataExport.copy')}
            </Button>
          )}
          <Button type="primary" onClick={onClose}>
            {t('dataExport.kept')}
          </Button>
        </>
      }
    >
      <p>{t(secret ? 'dataExport.madeText' : 'dataExport.shownAlready')}</p>
      {secret && (
        <>
          <p>
            <code className="jy-once">{secret}</code>
          </p>
          <p className="jy-quiet-text">{t('dataExport.usage')}</p>
          <p>
            <code className="jy-once">{`curl -H "Authorization: Bearer ${secret.slice(0, 20)}…" "${address}"`}</code>
          </p>
        </>
      )}
      {waits && <p>{t('dataExport.waitsText')}</p>}
    </Dialog>
  );
}
