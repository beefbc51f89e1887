import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { exactTime } from '../../../lib/time';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { severityLooks, stateLooks } from '../alert-looks';
import { type Freeze, FreezeRow, FreezesQuery } from '../alerts.gql';
import { EndFreezeDialog } from '../components/EndFreezeDialog';
import { FreezeDialog } from '../components/FreezeDialog';
import { ReleaseDialog } from '../components/ReleaseDialog';

type State = 'RUNNING' | 'COMING' | 'OVER';
const LOOKS = { RUNNING: stateLooks.OPEN, COMING: severityLooks.WARNING, OVER: stateLooks.CLOSED };

/** 重保与封网: when nothing is changed, and what a leader lets through. */
export function FreezesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<'SET' | Freeze | null>(null);
  const [ending, setEnding] = useState<Freeze | null>(null);
  const [{ data, error }, ask] = useQuery({ query: FreezesQuery, requestPolicy: 'cache-and-network' });
  const again = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  if (!data)
    return error ? <FailureState wholePage failure={failureOf(error)} onRetry={again} /> : <LoadingState rows={8} />;
  const freezes = data.changeFreezes.map((one) => readFragment(FreezeRow, one));
  const stateOf = ({ endedAt, running, to }: Freeze): State =>
    running ? 'RUNNING' : endedAt || Date.parse(to) <= Date.now() ? 'OVER' : 'COMING';
  return (
    <>
      <PageHeader
        title={t('freeze.title')}
        actions={may('DUTY', 'EDIT') && <Button onClick={() => setOpen('SET')}>{t('freeze.set')}</Button>}
      >
        {t('freeze.lead')}
      </PageHeader>
      <Panel title={t('freeze.list')}>
        {freezes.length === 0 ? (
          <EmptyState title={t('freeze.none')}>{t('freeze.noneText')}</EmptyState>
        ) : (
          <WideTable label={t('freeze.list')}>
            <table className="jy-small-table">
              <thead>
                <tr>
                  <th scope="col">{t('freeze.name')}</th>
                  <th scope="col">{t('freeze.state')}</th>
                  <th scope="col">{t('freeze.time')}</th>
                  <th scope="col">{t('freeze.centers')}</th>
                  <th scope="col">{t('freeze.releases')}</th>
                  <th scope="col">{t('life.acts')}</th>
                </tr>
              </thead>
              <tbody>
                {freezes.map((freeze) => (
                  <tr key={freeze.id}>
                    <th scope="row">
                      {freeze.title}
                      <div className="jy-quiet-text">
                        <span className="jy-code">{freeze.code}</span> {freeze.reason}
                      </div>
                    </th>
                    <td>
                      <StateTag look={LOOKS[stateOf(freeze)]} word={t(`freeze.states.${stateOf(freeze)}`)} />
                    </td>
                    <td className="jy-number">
                      {exactTime(freeze.from)}
                      <br />
                      {t('duty.until', { at: exactTime(freeze.endedAt ?? freeze.to) })}
                    </td>
                    <td>
                      {freeze.centers.length === 0
                        ? t('freeze.allCenters')
                        : freeze.centers.map(({ name }) => name).join(t('dr.comma'))}
                    </td>
                    <td>
                      {freeze.releases.length === 0 && '–'}
                      {freeze.releases.map(({ givenAt, givenBy, reason, subjectName, until }) => (
                        <div key={`${givenAt}-${subjectName}`}>
                          {subjectName}
                          <div className="jy-quiet-text">
                            {t('freeze.releasedBy', { by: givenBy, until: exactTime(until), reason })}
                          </div>
                        </div>
                      ))}
                    </td>
                    <td>
                      {stateOf(freeze) !== 'OVER' && may('DUTY', 'RELEASE') && (
                        <Button
                          size="small"
                          aria-label={`${t('freeze.release')} ${freeze.code}`}
                          onClick={() => setOpen(freeze)}
                        >
                          {t('freeze.release')}
                        </Button>
                      )}{' '}
                      {stateOf(freeze) !== 'OVER' && may('DUTY', stateOf(freeze) === 'COMING' ? 'EDIT' : 'RELEASE') && (
                        <Button
                          size="small"
                          aria-label={`${t('freeze.end')} ${freeze.code}`}
                          onClick={() => setEnding(freeze)}
                        >
                          {t('freeze.end')}
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </WideTable>
        )}
      </Panel>
      {open === 'SET' && <FreezeDialog centers={data.centers} onClose={() => setOpen(null)} />}
      {ending && <EndFreezeDialog freeze={ending} onClose={() => setEnding(null)} />}
      {open !== null && open !== 'SET' && <ReleaseDialog freeze={open} onClose={() => setOpen(null)} />}
    </>
  );
}
