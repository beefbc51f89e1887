import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  title: string;
  kind?: 'center' | 'side' | 'wide';
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
};

/**
 * The browser's own modal dialog: it keeps the focus inside, closes by Esc and makes the rest inert. antd's
 * locks the page's scrolling by a style tag without nonce, which our content security policy refuses.
 */
export function Dialog({ title, kind = 'center', onClose, children, footer }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  // React takes the element away before the browser could give the focus back, so that is done here. Remembered while
  // rendering: a control with autoFocus takes the focus before any effect runs.
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [before]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes; the click is the backdrop's.
    <dialog
      ref={element}
      className={`jy-dialog jy-dialog-${kind}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (kind === 'side' && event.target === element.current) onClose();
      }}
    >
      <div className="jy-dialog-body">
        <div className="jy-dialog-head">
          <h2 id={id}>{title}</h2>
          <Button type="text" aria-label={t('common.close')} icon={<CloseOutlined aria-hidden />} onClick={onClose} />
        </div>
        {children}
        {footer && <div className="jy-dialog-foot">{footer}</div>}
      </div>
    </dialog>
  );
}
