import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Time } from '../../../ui/Time';
import { WideTable } from '../../../ui/WideTable';
import { type RosterData, TakeHandOverMutation, WithdrawHandOverMutation } from '../alerts.gql';

/** 交接记录: the newest first; what waits for the viewer has its button. */
export function HandOverList({ handOvers }: { handOvers: RosterData['dutyRoster']['handOvers'] }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const take = useOutcome(TakeHandOverMutation);
  const withdraw = useOutcome(WithdrawHandOverMutation);
  if (handOvers.length === 0) return <p className="jy-quiet-text">{t('duty.noHandOvers')}</p>;
  const press = async (with_: typeof take | typeof withdraw, id: string, done: string) => {
    const { data, errors } = await with_.send({ id });
    notice(data ? done : (errors[0]?.message ?? ''));
  };
  return (
    <WideTable label={t('duty.handOvers')}>
      <table className="jy-small-table">
        <thead>
          <tr>
            <th scope="col">{t('duty.givenAt')}</th>
            <th scope="col">{t('duty.fromTo')}</th>
            <th scope="col">{t('duty.note')}</th>
            <th scope="col">{t('duty.handOverState')}</th>
          </tr>
        </thead>
        <tbody>
          {handOvers.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <Time at={one.givenAt} exact />
              </th>
              <td>
                {one.givenBy} → {one.to ?? '–'}
                {one.shift && (
                  <div className="jy-quiet-text">
                    {one.shift.center.name} · {t(`duty.role.${one.shift.role}`)}
                  </div>
                )}
              </td>
              <td>
                {one.note}
                <div className="jy-quiet-text">{t('duty.openAlerts', { n: one.openAlerts })}</div>
                {one.points.length > 0 && (
                  <ul className="jy-plain-list" aria-label={t('duty.points')}>
                    {one.points.map(({ settledAt, since, text }) => (
                      <li key={`${since}-${text}`}>
                        {text} <span className="jy-quiet-text">{t(settledAt ? 'duty.settled' : 'duty.stillOpen')}</span>
                      </li>
                    ))}
                  </ul>
                )}
              </td>
              <td>
                {one.takenAt ? (
                  <>
                    {t('duty.taken')} <Time at={one.takenAt} />
                  </>
                ) : one.withdrawnAt ? (
                  <>
                    {t('duty.withdrawn')} <Time at={one.withdrawnAt} />
                  </>
                ) : (
                  t('duty.waiting')
                )}{' '}
                {one.mine && (
                  <Button
                    size="small"
                    type="primary"
                    loading={take.busy}
                    onClick={() => press(take, one.id, t('duty.tookOver'))}
                  >
                    {t('duty.take')}
                  </Button>
                )}{' '}
                {one.mayWithdraw && (
                  <Button
                    size="small"
                    loading={withdraw.busy}
                    onClick={() => press(withdraw, one.id, t('duty.withdrawn'))}
                  >
                    {t('duty.withdraw')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
