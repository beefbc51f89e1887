import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import type { FormError } from '../../../ui/forms/form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { SubmitWorkOrderMutation } from '../acts.gql';
import { OrderForm } from '../forms/OrderForm';
import { contentOfOrder, draftOfOrder, type OrderDraft } from '../forms/order-draft';
import { EditWorkOrderMutation, EditWorkOrderPageQuery, WorkOrderParts } from '../workorders.gql';

/** A draft is written on; what it is about and whose it is stays. */
export function EditWorkOrderPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const { id = '' } = useParams();
  const edit = useOutcome(EditWorkOrderMutation);
  const submit = useOutcome(SubmitWorkOrderMutation);
  // From the server alone: a form over what somebody has changed meanwhile would be refused only at its end.
  const [{ data, error, stale }, ask] = useQuery({
    query: EditWorkOrderPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const back = <Link to={routes.workOrder(id)}>{t('work.backToOrder')}</Link>;
  if (!data || stale)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={back}
      />
    ) : (
      <LoadingState rows={12} />
    );
  const order = readFragment(WorkOrderParts, data.workOrder);
  const save = async (draft: OrderDraft, sends: boolean): Promise<FormError[]> => {
    const kept = await edit.send({ id, expectedVersion: order.version, content: contentOfOrder(draft) });
    if (!kept.data) return kept.errors.map((each) => ({ ...each, field: each.field.replace(/^content\./, '') }));
    const saved = readFragment(WorkOrderParts, kept.data.outcome.workOrder);
    if (sends && saved) {
      const sent = await submit.send({ id, expectedVersion: saved.version, opinion: null });
      if (!sent.data) return sent.errors;
    }
    notice(t(sends ? 'work.sent' : 'work.saved', { code: order.code }));
    void navigate(routes.workOrder(id));
    return [];
  };
  return (
    <>
      <PageHeader title={t('work.editTitle')} back={back}>
        <span className="jy-code">{order.code}</span>
      </PageHeader>
      {order.availableActions.includes('EDIT') ? (
        <OrderForm
          key={order.version}
          kind={order.kind}
          departmentId={order.department?.id ?? ''}
          choosesDepartment={false}
          centers={data.centers}
          busy={edit.busy || submit.busy}
          onSend={save}
          onCancel={() => void navigate(routes.workOrder(id))}
          start={draftOfOrder(order)}
        />
      ) : (
        <EmptyState title={t('work.notDraft')} action={back} />
      )}
    </>
  );
}
