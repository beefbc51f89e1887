import { WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { on } from '../planned-days';
import type { Planned } from '../plans.gql';
import { plannedLink } from './Conflicts';

const SHOWN_A_DAY = 4;
const WEEK = 7;

type Props = {
  days: readonly string[];
  month: string;
  today: string;
  planned: readonly Planned[];
  onDay: (day: string) => void;
};

/** A month as people know one: weeks are rows, and what is planned stands on its days. Of a full day the rest is one press away. */
export function PlannedGrid({ days, month, today, planned, onDay }: Props) {
  const { t, i18n } = useTranslation();
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  const weeks = Array.from({ length: days.length / WEEK }, (_, at) => days.slice(at * WEEK, (at + 1) * WEEK));
  return (
    <table className="jy-plan-grid">
      <caption className="jy-sr-only">{t('changeCalendar.title')}</caption>
      <thead>
        <tr>
          {days.slice(0, WEEK).map((day) => (
            <th key={day} scope="col">
              {weekday.format(new Date(`${day}T00:00:00Z`))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => {
              const own = on(day, planned);
              return (
                <td key={day} className={day.startsWith(month) ? undefined : 'jy-plan-other'}>
                  <div className={day === today ? 'jy-plan-day jy-plan-today' : 'jy-plan-day'}>
                    {Number(day.slice(8))}
                  </div>
                  {own.slice(0, SHOWN_A_DAY).map((item) => (
                    <Link
                      key={item.subjectId}
                      to={plannedLink(item)}
                      className={`jy-plan-item jy-plan-${item.kind}${item.isQuiet ? ' jy-plan-quiet' : ''}`}
                      title={`${item.code} ${item.title}`}
                    >
                      {item.conflicts.length > 0 && (
                        <>
                          <WarningOutlined className="jy-desk-late" aria-hidden />
                          <span className="jy-sr-only">{t('changeCalendar.hasConflicts')}</span>{' '}
                        </>
                      )}
                      {t(`changeCalendar.kind.${item.kind}`)} {item.title}
                    </Link>
                  ))}
                  {own.length > SHOWN_A_DAY && (
                    <button type="button" className="jy-plan-more" onClick={() => onDay(day)}>
                      {t('changeCalendar.more', { n: own.length - SHOWN_A_DAY })}
                    </button>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
