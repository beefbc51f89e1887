import { useTranslation } from 'react-i18next';
import { exactTime } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import { StateTag } from '../../../ui/StateTag';
import { Waiting } from '../../../ui/Time';
import type { TicketLine } from '../duty.gql';
import { severityLooks, ticketLooks } from '../duty-looks';

export function SeverityTag({ severity }: { severity: TicketLine['severity'] }) {
  const { t } = useTranslation();
  return <StateTag look={severityLooks[severity]} word={t(`desk.severity.${severity}`)} />;
}

export function TicketStateTag({ state }: { state: TicketLine['state'] }) {
  const { t } = useTranslation();
  return <StateTag look={ticketLooks[state]} word={t(`desk.state.${state}`)} />;
}

const MINUTE_MS = 60_000;

/** Until when something must be done; what is over says for how long. */
export function Due({ due }: { due: TicketLine['due'] }) {
  const { t } = useTranslation();
  const now = useNow();
  if (!due) return <span className="jy-quiet-text">–</span>;
  const left = Math.ceil((Date.parse(due.at) - now) / MINUTE_MS);
  const word = t(`desk.clock.${due.what}`);
  if (left <= 0)
    return (
      <span className="jy-desk-late" title={`${exactTime(due.at)} UTC+8`}>
        {word} {t('desk.overdue')} <Waiting since={due.at} />
      </span>
    );
  const text =
    left >= 120
      ? t('time.hoursMinutes', { hours: Math.floor(left / 60), minutes: left % 60 })
      : t('time.minutes', { minutes: left });
  return (
    <span className="jy-number" title={`${exactTime(due.at)} UTC+8`}>
      {word} {t('desk.left', { time: text })}
    </span>
  );
}
