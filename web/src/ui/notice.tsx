import { CheckCircleOutlined, CloseOutlined, InfoCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Long enough to be read twice; it can be closed at once. */
const SHOWN_MILLISECONDS = 6_000;

/** done: something happened. reason: why nothing can. */
export type NoticeKind = 'done' | 'reason';
type Say = (text: string, kind?: NoticeKind) => void;

const NoticeContext = createContext<Say>(() => undefined);

/** Says that something was done. Refusals never come here: they stand where the input is. */
export const useNotice = (): Say => useContext(NoticeContext);

export function NoticeProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [notice, setNotice] = useState<{ text: string; kind: NoticeKind } | null>(null);
  const show = useCallback<Say>((text, kind = 'done') => setNotice({ text, kind }), []);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => setNotice(null), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <NoticeContext value={show}>
      {children}
      <div className="jy-notice-area" role="status">
        {notice && (
          <div className="jy-notice" data-kind={notice.kind}>
            {notice.kind === 'done' ? <CheckCircleOutlined aria-hidden /> : <InfoCircleOutlined aria-hidden />}
            <span>{notice.text}</span>
            <Button
              type="text"
              size="small"
              aria-label={t('common.close')}
              icon={<CloseOutlined aria-hidden />}
              onClick={() => setNotice(null)}
            />
          </div>
        )}
      </div>
    </NoticeContext>
  );
}
