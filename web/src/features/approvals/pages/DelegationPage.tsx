import { CheckCircleOutlined, ClockCircleOutlined, MinusCircleOutlined, StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { DelegationState } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { exactTime } from '../../../lib/time';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { type StateLook, StateTag } from '../../../ui/StateTag';
import { useMay } from '../../../ui/viewer-context';
import { DelegationRow, DelegationsQuery, RevokeDelegationMutation } from '../approvals.gql';
import { DelegateForm } from '../forms/DelegateForm';

type Row = ResultOf<typeof DelegationRow>;
const looks = {
  PLANNED: { tone: 'waiting', icon: ClockCircleOutlined },
  RUNNING: { tone: 'good', icon: CheckCircleOutlined },
  ENDED: { tone: 'quiet', icon: MinusCircleOutlined },
  REVOKED: { tone: 'quiet', icon: StopOutlined },
} satisfies Record<DelegationState, StateLook>;

/** 委托: who decides in my name, and in whose name I may decide. */
export function DelegationPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ data, error }, ask] = useQuery({ query: DelegationsQuery, requestPolicy: 'cache-and-network' });
  const [giving, setGiving] = useState(false);
  const [revoking, setRevoking] = useState<Row | null>(null);
  const decides = may('REQUEST', 'REVIEW') || may('REQUEST', 'SIGN_OFF');
  const rows = data && readFragment(DelegationRow, data.delegations);

  return (
    <>
      <PageHeader
        title={t('delegation.title')}
        actions={
          decides && (
            <Button type="primary" onClick={() => setGiving(true)}>
              {t('delegation.give')}
            </Button>
          )
        }
      >
        {t('delegation.lead')}
      </PageHeader>
      {rows ? (
        <div>
          {decides && (
            <Panel title={t('delegation.given')}>
              <Table
                rows={rows.filter(({ given }) => given)}
                empty={t('delegation.noneGiven')}
                onRevoke={setRevoking}
              />
            </Panel>
          )}
          <Panel title={t('delegation.received')}>
            <Table rows={rows.filter(({ given }) => !given)} empty={t('delegation.noneReceived')} onRevoke={null} />
          </Panel>
        </div>
      ) : error ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <LoadingState rows={5} />
      )}
      {giving && <DelegateForm onClose={() => setGiving(false)} />}
      {revoking && <RevokeDialog row={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

type TableProps = { rows: readonly Row[]; empty: string; onRevoke: ((row: Row) => void) | null };

function Table({ rows, empty, onRevoke }: TableProps) {
  const { t } = useTranslation();
  if (rows.length === 0) return <p className="jy-quiet-text">{empty}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
    <section className="jy-scroll-x" tabIndex={0} aria-label={t('delegation.title')}>
      <table className="jy-small-table">
        <thead>
          <tr>
            <th scope="col">{t(onRevoke ? 'delegation.to' : 'delegation.from')}</th>
            <th scope="col">{t('delegation.period')}</th>
            <th scope="col">{t('delegation.reason')}</th>
            <th scope="col">{t('delegation.state')}</th>
            {onRevoke && <td />}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{onRevoke ? row.delegateName : row.delegatorName}</td>
              <td className="jy-number">
                {exactTime(row.from).slice(0, 16)} – {exactTime(row.until).slice(0, 16)}
              </td>
              <td>{row.reason}</td>
              <td>
                <StateTag look={looks[row.state]} word={t(`delegation.states.${row.state}`)} />
              </td>
              {onRevoke && (
                <td>
                  {(row.state === 'RUNNING' || row.state === 'PLANNED') && (
                    <Button onClick={() => onRevoke(row)}>{t('delegation.revoke')}</Button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RevokeDialog({ row, onClose }: { row: Row; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { errors, refusals, refuse } = useFormErrors();
  const { send, busy } = useOutcome(RevokeDelegationMutation);
  const revoke = async () => {
    const { errors: refused } = await send({ id: row.id });
    if (refused.length > 0) return refuse(refused);
    notice(t('delegation.revoked', { name: row.delegateName }));
    onClose();
  };
  return (
    <Dialog title={t('delegation.revokeTitle', { name: row.delegateName })} onClose={onClose}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <p>{t('delegation.revokeText')}</p>
      <div className="jy-dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="primary" danger loading={busy} onClick={() => void revoke()}>
          {t('delegation.revoke')}
        </Button>
      </div>
    </Dialog>
  );
}
