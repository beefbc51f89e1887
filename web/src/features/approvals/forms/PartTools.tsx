import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

type Props = {
  /** Names the part to whoever does not see where the buttons stand. */
  what: string;
  at: number;
  of: number;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
};

/** Moves one of an ordered list, or takes it out. */
export function PartTools({ what, at, of, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <div className="jy-chain-tools">
      <Button
        size="small"
        aria-label={t('chains.moveUp', { what })}
        icon={<ArrowUpOutlined aria-hidden />}
        disabled={at === 0}
        onClick={() => onMove(-1)}
      >
        {t('chains.up')}
      </Button>
      <Button
        size="small"
        aria-label={t('chains.moveDown', { what })}
        icon={<ArrowDownOutlined aria-hidden />}
        disabled={at === of - 1}
        onClick={() => onMove(1)}
      >
        {t('chains.down')}
      </Button>
      <Button
        size="small"
        aria-label={t('chains.removeWhat', { what })}
        icon={<DeleteOutlined aria-hidden />}
        onClick={onRemove}
      >
        {t('chains.remove')}
      </Button>
    </div>
  );
}
