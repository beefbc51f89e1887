import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { WorkStateTag } from '../../../ui/work-looks';
import { actsToShow } from '../acts';
import { EntrantsPanel, EquipmentPanel, OrderFacts, OrderTimeline, PortsPanel } from '../components/OrderPanels';
import { StepList } from '../components/StepList';
import { ActDialog } from '../forms/ActDialog';
import { AssignDialog } from '../forms/AssignDialog';
import { BackupSetUpDialog } from '../forms/BackupSetUpDialog';
import { OrderBackup } from '../forms/OrderBackup';
import { WorkOrderPageQuery, WorkOrderParts } from '../workorders.gql';

type Shown = ReturnType<typeof actsToShow>[number];

/** One order: what is to be done, where and when; its steps come first where somebody works it. */
export function WorkOrderPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const [acting, setActing] = useState<Shown | null>(null);
  const [settingUp, setSettingUp] = useState(false);
  const [{ data, error }, ask] = useQuery({
    query: WorkOrderPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const list = <Link to={routes.workOrders()}>{t('work.list')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={list}
      />
    ) : (
      <LoadingState rows={12} />
    );
  const order = readFragment(WorkOrderParts, data.workOrder);
  const acts = actsToShow(order.availableActions);
  const [main, ...others] = acts;
  // Until all steps are done, the next step is what leads on.
  const mainLeads = main !== 'FINISH' || order.steps.every((step) => step.doneAt !== null);
  return (
    <>
      <PageHeader
        title={order.title}
        back={list}
        state={<WorkStateTag state={order.state} />}
        actions={
          <>
            {order.availableActions.includes('EDIT') && (
              <Button icon={<EditOutlined aria-hidden />} onClick={() => void navigate(routes.editWorkOrder(order.id))}>
                {t('work.edit')}
              </Button>
            )}
            {main && (
              <Button className="jy-work-main" type={mainLeads ? 'primary' : 'default'} onClick={() => setActing(main)}>
                {t(`work.action.${main}`)}
              </Button>
            )}
            {others.map((act) => (
              <Button key={act} danger={act === 'CANCEL'} onClick={() => setActing(act)}>
                {t(`work.action.${act}`)}
              </Button>
            ))}
          </>
        }
      >
        <span className="jy-code">{order.code}</span> · {t(`work.kind.${order.kind}`)}
      </PageHeader>
      <div className="jy-detail jy-work">
        <div className="jy-detail-main">
          <StepList order={order} />
          <OrderBackup order={order} onSetUp={() => setSettingUp(true)} />
          <EquipmentPanel order={order} />
          <EntrantsPanel order={order} />
          <PortsPanel order={order} />
        </div>
        <div className="jy-detail-aside">
          <OrderFacts order={order} />
          <OrderTimeline order={order} />
        </div>
      </div>
      {main && (
        // At the foot of a phone, where the thumb is; at a desk it stands in the head.
        <div className="jy-work-foot">
          <Button type={mainLeads ? 'primary' : 'default'} size="large" onClick={() => setActing(main)}>
            {t(`work.action.${main}`)}
          </Button>
        </div>
      )}
      {settingUp && order.backup && (
        <BackupSetUpDialog backup={order.backup} orderId={order.id} onClose={() => setSettingUp(false)} />
      )}
      {(acting === 'OPEN' || acting === 'ASSIGN') && (
        <AssignDialog act={acting} order={order} onClose={() => setActing(null)} />
      )}
      {acting && acting !== 'OPEN' && acting !== 'ASSIGN' && (
        <ActDialog act={acting} order={order} onClose={() => setActing(null)} />
      )}
    </>
  );
}
