import { CheckCircleOutlined, LoadingOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { exactTime } from '../../../lib/time';
import type { Autosave } from './use-autosave';

/** 已保存 hh:mm: whether what is typed survives this window. A conflict says so and asks which of the two is to stay. */
export function AutosaveLine({ autosave, onOther }: { autosave: Autosave; onOther: () => void }) {
  const { t } = useTranslation();
  const { state, savedAt, message } = autosave;
  if (state === 'conflict')
    return (
      <div className="jy-autosave-conflict" role="alert">
        <p>
          <WarningOutlined aria-hidden /> {message}
        </p>
        <Button size="small" onClick={autosave.overwrite}>
          {t('autosave.keepMine')}
        </Button>
        <Button size="small" onClick={onOther}>
          {t('autosave.takeOther')}
        </Button>
      </div>
    );
  return (
    <p className="jy-autosave" role="status" data-state={state}>
      {state === 'saving' && (
        <>
          <LoadingOutlined aria-hidden /> {t('autosave.saving')}
        </>
      )}
      {state === 'saved' && savedAt && (
        <>
          <CheckCircleOutlined aria-hidden /> {t('autosave.saved', { time: exactTime(savedAt).slice(11, 16) })}
        </>
      )}
      {state === 'failed' && (
        <>
          <WarningOutlined aria-hidden /> {t('autosave.failed', { why: message })}
        </>
      )}
    </p>
  );
}
