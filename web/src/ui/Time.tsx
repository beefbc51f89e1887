import { useTranslation } from 'react-i18next';
import { exactTime, readableTime, spanBetween } from '../lib/time';
import { useNow } from '../lib/use-now';

/** A moment: readable at a glance, exact (Asia/Shanghai) on hover; `exact` shows the exact one at once, for records. */
export function Time({ at, exact = false }: { at: string | null | undefined; exact?: boolean }) {
  const { i18n } = useTranslation();
  const now = useNow();
  if (!at) return <span className="jy-quiet-text">–</span>;
  const full = exactTime(at);
  return (
    <time className="jy-number" dateTime={at} title={`${full} UTC+8`}>
      {exact ? full : readableTime(at, now, i18n.language)}
    </time>
  );
}

/** How long something waits, in its two biggest units. */
export function Waiting({ since }: { since: string | null | undefined }) {
  const { t } = useTranslation();
  const now = useNow();
  if (!since) return <span className="jy-quiet-text">–</span>;
  const { days, hours, minutes } = spanBetween(since, now);
  const text =
    days > 0
      ? t('time.daysHours', { days, hours })
      : hours > 0
        ? t('time.hoursMinutes', { hours, minutes })
        : t('time.minutes', { minutes });
  return (
    <span className="jy-number" title={`${exactTime(since)} UTC+8`}>
      {text}
    </span>
  );
}
