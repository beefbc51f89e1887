import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { windowText } from '../../../ui/work-looks';
import { WorkOrderPageQuery, WorkOrderParts } from '../workorders.gql';

/** 出门条, as the gate wants it on paper: number, things one by one, and room for three signatures. */
export function ReleaseSlipPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({ query: WorkOrderPageQuery, variables: { id } });
  const back = <Link to={routes.workOrder(id)}>{t('work.backToOrder')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={back}
      />
    ) : (
      <LoadingState rows={8} />
    );
  const order = readFragment(WorkOrderParts, data.workOrder);
  if (!order.slipNumber) return <EmptyState title={t('work.noSlip')} action={back} />;
  return (
    <>
      <PageHeader
        title={t('work.slip')}
        back={back}
        actions={
          <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
            {t('work.print')}
          </Button>
        }
      >
        <span className="jy-code">{order.slipNumber}</span>
      </PageHeader>
      <section className="jy-panel jy-work-slip" aria-label={t('work.slip')}>
        <p>
          {t('work.slipText', {
            department: order.departmentName,
            order: order.code,
            window: windowText(order.windowFrom, order.windowTo),
            rooms: order.rooms.map((room) => room.name).join(t('common.comma')),
          })}
        </p>
        <table className="jy-small-table">
          <thead>
            <tr>
              <th>{t('work.number')}</th>
              <th>{t('work.thing')}</th>
              <th>{t('work.serial')}</th>
              <th>{t('work.owner')}</th>
            </tr>
          </thead>
          <tbody>
            {order.equipment.map(({ equipment }, at) => (
              <tr key={equipment.id}>
                <td className="jy-number">{at + 1}</td>
                <td>{equipment.label}</td>
                <td className="jy-code">{equipment.serial}</td>
                <td>{equipment.owner}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="jy-quiet-text">
          {t('work.slipIssued', { by: order.slipBy ?? '', at: order.slipAt ? exactTime(order.slipAt) : '' })}
        </p>
        <ul className="jy-work-signatures">
          {(['carrier', 'engineer', 'gate'] as const).map((who) => (
            <li key={who}>{t(`work.sign.${who}`)}</li>
          ))}
        </ul>
      </section>
    </>
  );
}
