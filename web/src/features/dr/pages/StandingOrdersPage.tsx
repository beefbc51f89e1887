import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { SignOrderDialog } from '../components/SignOrderDialog';
import { RevokeOrderMutation, type StandingOrder, StandingOrderRow, StandingOrdersQuery } from '../drexec.gql';
import { orderLooks } from '../drexec-states';

type State = keyof typeof orderLooks;

function stateOf({ from, revokedAt, until }: StandingOrder): State {
  if (revokedAt) return 'REVOKED';
  const now = Date.now();
  return Date.parse(from) > now ? 'COMING' : Date.parse(until) <= now ? 'OVER' : 'IN_FORCE';
}

/** 预授权: what leaders signed in advance, so that in the night two of one side are enough and the other confirms after. */
export function StandingOrdersPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [signing, setSigning] = useState(false);
  const [revoking, setRevoking] = useState<StandingOrder | null>(null);
  const [{ data, error }, ask] = useQuery({ query: StandingOrdersQuery, requestPolicy: 'cache-and-network' });
  const again = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  if (!data)
    return error ? <FailureState wholePage failure={failureOf(error)} onRetry={again} /> : <LoadingState rows={8} />;
  const orders = data.drStandingOrders.map((one) => readFragment(StandingOrderRow, one));
  const mayRelease = may('DR_GROUP', 'RELEASE');
  return (
    <>
      <PageHeader
        title={t('drexec.standing.title')}
        back={<Link to={routes.drExecutions()}>{t('drexec.title')}</Link>}
        actions={
          mayRelease && (
            <Button type="primary" onClick={() => setSigning(true)}>
              {t('drexec.standing.sign')}
            </Button>
          )
        }
      >
        {t('drexec.standing.lead')}
      </PageHeader>
      <Panel title={t('drexec.standing.list')}>
        {orders.length === 0 ? (
          <EmptyState title={t('drexec.standing.none')}>{t('drexec.standing.noneText')}</EmptyState>
        ) : (
          <WideTable label={t('drexec.standing.list')}>
            <table className="jy-small-table">
              <thead>
                <tr>
                  <th scope="col">{t('drexec.standing.holder')}</th>
                  <th scope="col">{t('drexec.stateLabel')}</th>
                  <th scope="col">{t('drexec.standing.trigger')}</th>
                  <th scope="col">{t('drexec.standing.scope')}</th>
                  <th scope="col">{t('drexec.standing.time')}</th>
                  <th scope="col">{t('drexec.standing.signedBy')}</th>
                  <th scope="col">{t('life.acts')}</th>
                </tr>
              </thead>
              <tbody>
                {orders.map((order) => (
                  <tr key={order.id}>
                    <th scope="row">{order.holder}</th>
                    <td>
                      <StateTag look={orderLooks[stateOf(order)]} word={t(`drexec.standing.state.${stateOf(order)}`)} />
                    </td>
                    <td>{order.trigger}</td>
                    <td>
                      {order.kinds.map((kind) => t(`drexec.kind.${kind}`)).join(t('dr.comma'))}
                      <div className="jy-quiet-text">
                        {order.groupIds === null
                          ? t('drexec.standing.allGroups')
                          : t('drexec.standing.someGroups', { count: order.groupIds.length })}
                      </div>
                    </td>
                    <td className="jy-number">
                      {exactTime(order.from)}
                      <br />
                      {exactTime(order.until)}
                    </td>
                    <td>
                      {order.signedBy}
                      <div className="jy-quiet-text">{exactTime(order.signedAt)}</div>
                      {order.revokedBy && (
                        <div className="jy-quiet-text">
                          {t('drexec.standing.revokedBy', {
                            name: order.revokedBy,
                            at: exactTime(order.revokedAt ?? ''),
                          })}
                        </div>
                      )}
                    </td>
                    <td>
                      {mayRelease && (stateOf(order) === 'IN_FORCE' || stateOf(order) === 'COMING') && (
                        <Button
                          size="small"
                          danger
                          aria-label={`${t('drexec.standing.revoke')} ${order.holder}`}
                          onClick={() => setRevoking(order)}
                        >
                          {t('drexec.standing.revoke')}
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
      {signing && <SignOrderDialog onClose={() => setSigning(false)} />}
      {revoking && <RevokeDialog order={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

/** Asked once more: what is revoked is signed anew by a leader, and by nobody in the night. */
function RevokeDialog({ order, onClose }: { order: StandingOrder; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(RevokeOrderMutation);
  const submit = async () => {
    const { data, errors } = await send({ id: order.id });
    if (!data) return form.refuse(errors);
    notice(t('drexec.standing.revoked'));
    onClose();
  };
  return (
    <DialogForm
      title={t('drexec.standing.revokeTitle', { name: order.holder })}
      submit={t('drexec.standing.revoke')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('drexec.standing.revokeText')}</p>
      <p className="jy-quiet-text">{order.trigger}</p>
    </DialogForm>
  );
}
