import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { readFragment } from '../../../graphql/tada';
import { on } from '../planned-days';
import { ConflictParts, type Planned } from '../plans.gql';
import { Conflicts, plannedLink, spanText } from './Conflicts';

type Props = { days: readonly string[]; today: string; planned: readonly Planned[] };

/** Day by day, with where it is, of which systems, and what stands in its way; a day without anything is left out. */
export function PlannedDays({ days, today, planned }: Props) {
  const { t, i18n } = useTranslation();
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  return (
    <ol className="jy-plan-days">
      {days.map((day) => {
        const own = on(day, planned);
        if (own.length === 0) return null;
        return (
          <li key={day}>
            <h3 className={day === today ? 'jy-plan-today' : undefined}>
              <span className="jy-number">{day}</span> {weekday.format(new Date(`${day}T00:00:00Z`))}
            </h3>
            <ul className="jy-desk-list">
              {own.map((item) => (
                <li key={item.subjectId} className="jy-desk-item">
                  <div className="jy-desk-what">
                    <span className={`jy-plan-tag jy-plan-${item.kind}`}>{t(`changeCalendar.kind.${item.kind}`)}</span>{' '}
                    <Link to={plannedLink(item)}>{item.title}</Link>
                    <div className="jy-quiet-text">
                      <span className="jy-code">{item.code}</span>{' '}
                      <span className="jy-number">{spanText(item.from, item.to)}</span>
                      {[whereText(t, item), ...item.systems].filter(Boolean).map((text) => ` · ${text}`)}
                    </div>
                    {item.conflicts.length > 0 && <Conflicts conflicts={readFragment(ConflictParts, item.conflicts)} />}
                  </div>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}

export function whereText(t: TFunction, { centers, kind }: Planned): string {
  if (centers.length > 0) return centers.map(({ name }) => name).join(t('dr.comma'));
  // What is only talked through is in none.
  if (kind === 'DRILL') return '';
  return t(kind === 'FREEZE' ? 'freeze.allCenters' : 'desk.noCenter');
}
