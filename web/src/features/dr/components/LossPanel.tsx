import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { drFates } from '../../../ui/dr-states';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { WideTable } from '../../../ui/WideTable';
import { DrCenterLossQuery } from '../dr.gql';
import { durationText } from '../dr-words';

const MIB_PER_GIB = 1_024;
const ASK_EVERY_MS = 15_000;

/** Read-only: which groups would go on, where, with how much missing, and whether there is room for them. */
export function LossPanel({ centerId, onClose }: { centerId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({
    query: DrCenterLossQuery,
    variables: { id: centerId },
    requestPolicy: 'cache-and-network',
  });
  // What was true a minute ago is not: it is asked as often as the picture above it.
  useEffect(() => {
    const timer = setInterval(() => ask({ requestPolicy: 'network-only' }), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [ask]);
  const loss = data?.drCenterLoss;
  if (!loss || loss.center.id !== centerId)
    return error ? (
      <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={6} />
    );
  const { fates, free, groups, needs } = loss;
  const room = ({ memoryMib, vcpu }: { vcpu: number; memoryMib: number }) =>
    t('dr.room', { vcpu: count(Math.round(vcpu)), gib: count(Math.round(memoryMib / MIB_PER_GIB)) });
  const short = free && (needs.vcpu > free.vcpu || needs.memoryMib > free.memoryMib);
  return (
    <Panel
      title={t('dr.lossTitle', { center: loss.center.name })}
      aside={
        <Button size="small" onClick={onClose}>
          {t('dr.lossClose')}
        </Button>
      }
    >
      <p className="jy-dr-hint jy-quiet-text">{t('dr.lossText')}</p>
      <ul className="jy-dr-grades" aria-live="polite">
        {fates
          .filter((one) => one.groups > 0)
          .map(({ fate, groups: n }) => (
            <li key={fate}>
              <StateTag look={drFates[fate]} word={t(`dr.fate.${fate}`)} />{' '}
              <strong className="jy-number">{count(n)}</strong>
            </li>
          ))}
      </ul>
      <p>
        {t('dr.lossNeeds', { room: room(needs) })}
        {free && ` ${t('dr.lossFree', { room: room(free) })}`}
        {short && <strong> {t('dr.lossShort')}</strong>}
      </p>
      {groups.length > 0 && (
        <WideTable label={t('dr.lossGroups')}>
          <table className="jy-small-table">
            <thead>
              <tr>
                <th scope="col">{t('dr.group')}</th>
                <th scope="col">{t('dr.fateLabel')}</th>
                <th scope="col" className="jy-cell-number">
                  {t('dr.dataLoss')}
                </th>
              </tr>
            </thead>
            <tbody>
              {groups.map(({ dataLossSeconds, fate, group, uncertain }) => (
                <tr key={group.id}>
                  <th scope="row">
                    <Link to={routes.drGroup(group.id)}>{group.name}</Link>
                    <div className="jy-quiet-text">{group.department?.name}</div>
                  </th>
                  <td>
                    <StateTag look={drFates[fate]} word={t(`dr.fate.${fate}`)} />
                    {uncertain && <div className="jy-quiet-text">{t('dr.uncertain')}</div>}
                  </td>
                  <td className="jy-cell-number">
                    {dataLossSeconds === null
                      ? t(fate === 'LOST' ? 'dr.allLost' : 'dr.lossUnknown')
                      : durationText(t, dataLossSeconds)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
    </Panel>
  );
}
