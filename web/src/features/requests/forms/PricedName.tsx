import { useTranslation } from 'react-i18next';
import { Money } from '../../../ui/Money';

type Props = { name: string; marks?: readonly string[]; note?: string; monthlyPrice: string | null; per?: string };

/** What can be asked for, in a list to choose from: its name, what tells it apart, and what it costs a month. */
export function PricedName({ name, marks = [], note, monthlyPrice, per }: Props) {
  const { t } = useTranslation();
  return (
    <span className="jy-offer">
      <span className="jy-offer-name">
        {name}
        {marks.map((mark) => (
          <span key={mark} className="jy-mark">
            {mark}
          </span>
        ))}
        {note && <span className="jy-quiet-text"> {note}</span>}
      </span>
      <span className="jy-offer-price">
        <Money fen={monthlyPrice} />
        {monthlyPrice !== null && <span className="jy-quiet-text">{per ?? t('request.perMonth')}</span>}
      </span>
    </span>
  );
}
