import { Button } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import { ChipFilter } from '../../../ui/FilterBar';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useMay } from '../../../ui/viewer-context';
import { RemoveDutyShiftMutation, type RosterData, RosterQuery, type Shift } from '../alerts.gql';
import { AddShiftsDialog } from '../components/AddShiftsDialog';
import { HandOverList } from '../components/HandOverList';
import { OfferDialog } from '../components/OfferDialog';
import { RosterCalendar } from '../components/RosterCalendar';
import { daysFrom } from '../roster-table';
import { useAlertsLive } from '../use-alerts-live';

const DAYS_SHOWN = 14;
const DESKS = ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'];
/** In the order that an alert calls them. */
const CALLED = ['ENGINEER', 'BACKUP', 'LEADER'];
type OnDuty = RosterData['dutyRoster']['now'][number];
const byDesk = (one: OnDuty, other: OnDuty) =>
  DESKS.indexOf(one.center.role) - DESKS.indexOf(other.center.role) ||
  CALLED.indexOf(one.role) - CALLED.indexOf(other.role);

/** 值班表: who answers for which desk, day by day, and how shifts were handed over. */
export function RosterPage() {
  const now = useNow();
  const today = exactTime(new Date(now).toISOString()).slice(0, 10);
  const [first, setFirst] = useState(today);
  const variables = useMemo(
    () => ({
      from: `${first}T00:00:00+08:00`,
      to: `${daysFrom(first, DAYS_SHOWN + 1).at(-1)}T00:00:00+08:00`,
    }),
    [first],
  );
  const [{ data, error }, ask] = useQuery({ query: RosterQuery, variables, requestPolicy: 'cache-and-network' });
  const again = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useAlertsLive(again);
  if (!data)
    return error ? <FailureState wholePage failure={failureOf(error)} onRetry={again} /> : <LoadingState rows={10} />;
  return <RosterParts data={data} first={first} today={today} onFirst={setFirst} />;
}

type Props = { data: RosterData; first: string; today: string; onFirst: (day: string) => void };

function RosterParts({ data, first, today, onFirst }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const notice = useNotice();
  const [centerId, setCenterId] = useState(data.centers[0]?.id ?? '');
  const [open, setOpen] = useState<'ADD' | Shift | null>(null);
  const remove = useOutcome(RemoveDutyShiftMutation);
  const { candidates, handOvers, now, shifts } = data.dutyRoster;
  const edits = may('DUTY', 'EDIT');
  const move = (days: number) => {
    const start = Date.parse(`${first}T00:00:00Z`) + days * 86_400_000;
    onFirst(new Date(start).toISOString().slice(0, 10));
  };
  const takeOff = async (shift: Shift) => {
    const { data: done, errors } = await remove.send({ id: shift.id, expectedVersion: shift.version });
    notice(done ? t('duty.removed') : (errors[0]?.message ?? ''));
  };
  const begun = (shift: Shift) => Date.parse(shift.from) <= Date.now();
  const over = (shift: Shift) => Date.parse(shift.to) <= Date.now();
  return (
    <>
      <PageHeader
        title={t('duty.title')}
        back={<Link to={routes.alerts()}>{t('alert.title')}</Link>}
        actions={edits && <Button onClick={() => setOpen('ADD')}>{t('duty.add')}</Button>}
      >
        {t('duty.lead')}
      </PageHeader>
      <Panel title={t('duty.now')}>
        {now.length === 0 ? (
          <p>{t('duty.nobodyNow')}</p>
        ) : (
          <ul className="jy-dr-reasons">
            {now.toSorted(byDesk).map(({ center, id, person, role, to }) => (
              <li key={id}>
                <CenterMark role={center.role} name={center.name} />
                <span>{t('duty.roleOf', { role: t(`duty.role.${role}`), person: person ?? '–' })}</span>
                <span className="jy-quiet-text">{t('duty.until', { at: exactTime(to).slice(0, 16) })}</span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={t('duty.calendar')}>
        <div className="jy-roster-bar">
          <ChipFilter
            label={t('alert.center')}
            options={data.centers.map(({ id, name }) => ({ value: id, text: name }))}
            value={[centerId]}
            onChange={(chosen) => setCenterId(chosen.find((id) => id !== centerId) ?? centerId)}
          />
          <span>
            <Button onClick={() => move(-DAYS_SHOWN)}>{t('duty.earlier')}</Button>{' '}
            <Button onClick={() => onFirst(today)}>{t('duty.today')}</Button>{' '}
            <Button onClick={() => move(DAYS_SHOWN)}>{t('duty.later')}</Button>
          </span>
        </div>
        <RosterCalendar
          first={first}
          days={DAYS_SHOWN}
          today={today}
          shifts={shifts.filter(({ center }) => center.id === centerId)}
          mayOffer={(shift) => !over(shift) && (edits || (shift.own && may('DUTY', 'OPERATE')))}
          mayRemove={(shift) => edits && !begun(shift)}
          onOffer={setOpen}
          onRemove={takeOff}
        />
      </Panel>
      <Panel title={t('duty.handOvers')}>
        <HandOverList handOvers={handOvers} />
      </Panel>
      {open === 'ADD' && <AddShiftsDialog data={data} onClose={() => setOpen(null)} />}
      {open !== null && open !== 'ADD' && (
        <OfferDialog shift={open} people={candidates} onClose={() => setOpen(null)} />
      )}
    </>
  );
}
