import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { routes } from '../../../lib/routes';
import { urlOneOf } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { OrderForm } from '../forms/OrderForm';
import { appliedKinds, contentOfOrder, type OrderDraft } from '../forms/order-draft';
import { CreateWorkOrderMutation, NewWorkOrderPageQuery } from '../workorders.gql';

const spec = { kind: urlOneOf(appliedKinds, 'RACK') };

export function NewWorkOrderPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const may = useMay();
  const [{ kind }] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({ query: NewWorkOrderPageQuery });
  const { send, busy } = useOutcome(CreateWorkOrderMutation);
  const back = <Link to={routes.workOrders()}>{t('work.list')}</Link>;
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const create = async (draft: OrderDraft, submit: boolean) => {
    const answer = await send({ content: contentOfOrder(draft), submit });
    if (!answer.data) return answer.errors.map((each) => ({ ...each, field: each.field.replace(/^content\./, '') }));
    const made = answer.data.outcome.workOrder;
    notice(t(submit ? 'work.sent' : 'work.kept', { code: made?.code ?? '' }));
    void navigate(made ? routes.workOrder(made.id) : routes.workOrders());
    return [];
  };
  const department = data.viewer?.department;
  return (
    <>
      <PageHeader title={t('work.create')} back={back}>
        {department?.name}
      </PageHeader>
      {may('WORK_ORDER', 'CREATE') && department ? (
        <OrderForm
          kind={kind}
          departmentId={may('WORK_ORDER', 'REVIEW') ? '' : department.id}
          choosesDepartment={may('WORK_ORDER', 'REVIEW')}
          centers={data.centers}
          busy={busy}
          onSend={create}
          onCancel={() => void navigate(routes.workOrders())}
        />
      ) : (
        <EmptyState title={t('work.notYours')} action={back} />
      )}
    </>
  );
}
