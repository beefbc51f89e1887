import { useTranslation } from 'react-i18next';
import { Time } from '../../../ui/Time';
import type { Ticket } from '../duty.gql';

/** 时间线, the newest first: at night one reads what was done last. */
export function Timeline({ entries }: { entries: Ticket['entries'] }) {
  const { t } = useTranslation();
  return (
    <ol className="jy-desk-story">
      {entries.toReversed().map(({ at, byName, kind, state, text }, index) => (
        <li key={`${at}-${kind}-${String(entries.length - index)}`}>
          <div>
            <strong>{t(`desk.entry.${kind}`)}</strong>
            {state && <span className="jy-quiet-text"> → {t(`desk.state.${state}`)}</span>}
          </div>
          {text && <div className="jy-desk-words">{text}</div>}
          <div className="jy-quiet-text">
            {byName} · <Time at={at} exact />
          </div>
        </li>
      ))}
    </ol>
  );
}
