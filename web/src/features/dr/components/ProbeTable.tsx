import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { drGrades } from '../../../ui/dr-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { WideTable } from '../../../ui/WideTable';
import type { DrGroup } from '../dr.gql';
import { durationText } from '../dr-words';
import { ProbeDialog } from './ProbeDialog';
import { RemoveProbeDialog } from './RemoveProbeDialog';

export type Probe = DrGroup['probes'][number];

/** What the console asks of the tiers, and what it heard the last time. */
export function ProbeTable({ group }: { group: DrGroup }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<{ act: 'ADD' } | { act: 'EDIT' | 'REMOVE'; probe: Probe } | null>(null);
  const { mayEdit, probes } = group;
  const close = () => setAsked(null);
  return (
    <>
      <p className="jy-quiet-text">{t('dr.probesText')}</p>
      {probes.length === 0 ? (
        <p className="jy-quiet-text">{t('dr.noProbes')}</p>
      ) : (
        <WideTable label={t('dr.probes')}>
          <table className="jy-small-table">
            <thead>
              <tr>
                <th scope="col">{t('dr.probeName')}</th>
                <th scope="col">{t('dr.probeKindLabel')}</th>
                <th scope="col">{t('dr.probeTier')}</th>
                <th scope="col">{t('dr.probeTarget')}</th>
                <th scope="col">{t('dr.probeEvery')}</th>
                <th scope="col">{t('dr.probeLast')}</th>
                {mayEdit && <th scope="col">{t('life.acts')}</th>}
              </tr>
            </thead>
            <tbody>
              {probes.map((probe) => (
                <tr key={probe.id}>
                  <th scope="row">{probe.name}</th>
                  <td>
                    {t(`dr.probeKind.${probe.kind}`)}
                    {probe.family !== 'ANY' && (
                      <div className="jy-quiet-text">{t(`dr.probeFamilies.${probe.family}`)}</div>
                    )}
                  </td>
                  <td>
                    {probe.tierName}
                    {probe.towards && (
                      <span className="jy-quiet-text"> {t(probe.towards === 'RECOVERY' ? 'dr.far' : 'dr.near')}</span>
                    )}
                  </td>
                  <td className="jy-hash">{probe.target ?? '–'}</td>
                  <td>{durationText(t, probe.everySeconds)}</td>
                  <td>
                    <LastAnswer probe={probe} />
                  </td>
                  {mayEdit && (
                    <td>
                      <Button
                        size="small"
                        aria-label={`${t('dr.edit')} ${probe.name}`}
                        onClick={() => setAsked({ act: 'EDIT', probe })}
                      >
                        {t('dr.edit')}
                      </Button>{' '}
                      <Button
                        size="small"
                        aria-label={`${t('dr.removeProbe')} ${probe.name}`}
                        onClick={() => setAsked({ act: 'REMOVE', probe })}
                      >
                        {t('dr.removeProbe')}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
      {mayEdit && group.tiers.length > 0 && (
        <p>
          <Button onClick={() => setAsked({ act: 'ADD' })}>{t('dr.addProbe')}</Button>
        </p>
      )}
      {asked?.act === 'ADD' && <ProbeDialog tiers={group.tiers} probe={null} onClose={close} />}
      {asked?.act === 'EDIT' && <ProbeDialog tiers={group.tiers} probe={asked.probe} onClose={close} />}
      {asked?.act === 'REMOVE' && <RemoveProbeDialog probe={asked.probe} onClose={close} />}
    </>
  );
}

function LastAnswer({ probe: { enabled, lastAt, lastDetail, lastOk } }: { probe: Probe }) {
  const { t } = useTranslation();
  if (!enabled) return <span className="jy-quiet-text">{t('dr.probeOff')}</span>;
  if (lastAt === null) return <span className="jy-quiet-text">{t('dr.probeNotYet')}</span>;
  return (
    <>
      <StateTag look={drGrades[lastOk ? 'KEPT' : 'BROKEN']} word={t(lastOk ? 'dr.probeOk' : 'dr.probeFailed')} />
      <div className="jy-quiet-text">
        <Time at={lastAt} /> {lastDetail}
      </div>
    </>
  );
}
