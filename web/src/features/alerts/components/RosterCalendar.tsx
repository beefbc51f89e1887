import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { WideTable } from '../../../ui/WideTable';
import type { Shift } from '../alerts.gql';
import { daysFrom, hoursOnDay, isOnDay } from '../roster-table';

const ROLES = ['ENGINEER', 'BACKUP', 'LEADER'] as const;

type Props = {
  first: string;
  days: number;
  today: string;
  shifts: readonly Shift[];
  mayOffer: (shift: Shift) => boolean;
  mayRemove: (shift: Shift) => boolean;
  onOffer: (shift: Shift) => void;
  onRemove: (shift: Shift) => void;
};

/** A center's days, one a row, with who has which desk; an empty desk says so. */
export function RosterCalendar({ first, days, today, shifts, mayOffer, mayRemove, onOffer, onRemove }: Props) {
  const { t, i18n } = useTranslation();
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  return (
    <WideTable label={t('duty.title')}>
      <table className="jy-small-table jy-roster">
        <thead>
          <tr>
            <th scope="col">{t('duty.day')}</th>
            {ROLES.map((role) => (
              <th key={role} scope="col">
                {t(`duty.role.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {daysFrom(first, days).map((day) => (
            <tr
              key={day}
              className={day === today ? 'jy-roster-today' : undefined}
              aria-current={day === today ? 'date' : undefined}
            >
              <th scope="row" className="jy-number">
                {day} <span className="jy-quiet-text">{weekday.format(new Date(`${day}T00:00:00Z`))}</span>
              </th>
              {ROLES.map((role) => {
                const here = shifts.filter((shift) => shift.role === role && isOnDay(shift, day));
                return (
                  <td key={role}>
                    {here.length === 0 && <span className="jy-quiet-text">{t('duty.nobody')}</span>}
                    {here.map((shift) => (
                      <div key={shift.id} className="jy-roster-shift">
                        <span className="jy-number jy-quiet-text">{hoursOnDay(shift, day)}</span> {shift.person ?? '–'}
                        {mayOffer(shift) && (
                          <Button
                            type="link"
                            size="small"
                            aria-label={`${t('duty.offer')} ${shift.person ?? ''} ${day}`}
                            onClick={() => onOffer(shift)}
                          >
                            {t('duty.offer')}
                          </Button>
                        )}
                        {mayRemove(shift) && (
                          <Button
                            type="link"
                            size="small"
                            aria-label={`${t('duty.remove')} ${shift.person ?? ''} ${day}`}
                            onClick={() => onRemove(shift)}
                          >
                            {t('duty.remove')}
                          </Button>
                        )}
                      </div>
                    ))}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
