import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import type { Conflict, Planned } from '../plans.gql';

export function plannedLink({ kind, subjectId }: Pick<Planned, 'subjectId' | 'kind'>): string {
  if (kind === 'FREEZE') return routes.changeFreezes();
  if (kind === 'SWITCH') return routes.drExecution(subjectId);
  return kind === 'DRILL' ? routes.drDrill(subjectId) : routes.dutyTicket(subjectId);
}

/** From when to when; of one day its date is said once. */
export function spanText(from: string, to: string): string {
  const [begin, end] = [exactTime(from).slice(0, 16), exactTime(to).slice(0, 16)];
  return begin.slice(0, 10) === end.slice(0, 10) ? `${begin} – ${end.slice(11)}` : `${begin} – ${end}`;
}

/** What stands in its way, and why. */
export function Conflicts({ conflicts }: { conflicts: readonly Conflict[] }) {
  const { t } = useTranslation();
  return (
    <ul className="jy-plan-conflicts">
      {conflicts.map((conflict) => {
        const { code, from, kind, subjectId, title, to, why } = conflict;
        return (
          <li key={subjectId} className={why === 'SAME_CENTER' ? 'jy-quiet-text' : undefined}>
            <strong>{t(`changeCalendar.why.${why}`)}</strong> {t(`changeCalendar.kind.${kind}`)}{' '}
            <Link className="jy-desk-link" to={plannedLink(conflict)}>
              {code} {title}
            </Link>{' '}
            <span className="jy-number">{spanText(from, to)}</span>
          </li>
        );
      })}
    </ul>
  );
}
