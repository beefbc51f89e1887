import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  all: boolean;
  chosen: number;
  danger?: boolean;
  /** Missing = who looks has no such act, only the others. */
  text?: string;
  onToggleAll: () => void;
  onPress?: () => void;
  /** Another act on the same ones. */
  other?: ReactNode;
};

/** Tick the page, and act on what is ticked. */
export function BatchBar({ all, chosen, danger, text, onToggleAll, onPress, other }: Props) {
  const { t } = useTranslation();
  return (
    <div className="jy-batch">
      <Button onClick={onToggleAll}>{t(all ? 'life.selectNone' : 'life.selectAll')}</Button>
      {text && (
        <Button type={danger ? 'default' : 'primary'} danger={danger} disabled={chosen === 0} onClick={onPress}>
          {text}
        </Button>
      )}
      {other}
    </div>
  );
}
