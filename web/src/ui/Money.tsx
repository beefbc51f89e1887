import { useTranslation } from 'react-i18next';
import { isTenThousandYuan, tenThousandYuanOfFen, yuanOfFen } from '../lib/money';

/** A sum in yuan. `compact` reads in 万元 (Chinese only: English has no word for it); the exact sum is always one hover away. */
export function Money({
  fen,
  compact = false,
  signed = false,
}: {
  fen: string | null | undefined;
  compact?: boolean;
  /** A difference: what is more says so. */
  signed?: boolean;
}) {
  const { t, i18n } = useTranslation();
  if (fen == null) return <span className="jy-quiet-text">{t('common.noPrice')}</span>;
  const plus = signed && BigInt(fen) > 0n ? '+' : '';
  const exact = `${plus}${yuanOfFen(fen)}`;
  const short = compact && i18n.language !== 'en' && isTenThousandYuan(fen);
  const minus = fen.startsWith('-');
  return (
    <data className="jy-number" value={fen} title={exact}>
      {short
        ? `${minus ? '-' : plus}${t('common.tenThousandYuan', { amount: tenThousandYuanOfFen(minus ? fen.slice(1) : fen) })}`
        : exact}
    </data>
  );
}
