import { PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { type Client, type OperationResult, useClient, useQuery } from 'urql';
import type { PlanAction } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { saveTable, type TableFormat } from '../../../lib/save-table';
import { useKeyPaging } from '../../../lib/use-key-paging';
import { Facts } from '../../../ui/Facts';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { Money } from '../../../ui/Money';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { ResourceTable } from '../../../ui/table/ResourceTable';
import { useMay } from '../../../ui/viewer-context';
import { lineColumns, type PlanLine } from '../components/line-columns';
import { AmountsPanel, QuotaOutlookPanel, StepsPanel } from '../components/PlanPanels';
import { ActDialog } from '../forms/ActDialog';
import { BeginDialog } from '../forms/BeginDialog';
import { LineDialog } from '../forms/LineDialog';
import { ReduceDialog } from '../forms/ReduceDialog';
import { planStates } from '../plan-look';
import {
  PlanFacts,
  PlanLineRow,
  PlanQuery,
  PlanQuotaOutlook,
  RemovePlanLinesMutation,
  SetPlanQuotasMutation,
} from '../plans.gql';

const PAGE_SIZE = 50;
const EXPORT_PAGE_SIZE = 100;
const FORWARD: readonly PlanAction[] = ['SUBMIT', 'SIGN_OFF', 'PASS', 'ACCEPT', 'APPROVE'];

type Opened = { action: PlanAction } | { line: PlanLine | null } | { reduce: PlanLine } | { addition: true };

/** One plan: what it asks, what follows of it, who had it, and what the viewer may do with it now. */
export function PlanPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const may = useMay();
  const navigate = useNavigate();
  const notice = useNotice();
  const client = useClient();
  const paging = useKeyPaging();
  const [opened, open] = useState<Opened | null>(null);
  const [{ data, error, fetching }, ask] = useQuery({
    query: PlanQuery,
    variables: { id, first: PAGE_SIZE, after: paging.after },
    requestPolicy: 'cache-and-network',
  });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const remove = useOutcome(RemovePlanLinesMutation);
  const setQuotas = useOutcome(SetPlanQuotasMutation);
  const plan = data && readFragment(PlanFacts, data.plan);

  const columns = useMemo(
    () =>
      lineColumns(t, {
        onEdit: plan?.editable ? (line) => open({ line }) : null,
        onRemove: plan?.editable
          ? async (line) => {
              const answer = await remove.send({ planId: plan.id, expectedVersion: plan.version, lineIds: [line.id] });
              notice(answer.data ? t('plan.line.removed') : (answer.errors[0]?.message ?? ''));
              askAgain();
            }
          : null,
        onReduce: plan?.reducible ? (line) => open({ reduce: line }) : null,
      }),
    [t, plan, remove, notice, askAgain],
  );

  const list = <Link to={routes.plans()}>{t('plan.list')}</Link>;
  if (!data || !plan)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={askAgain} home={list} />
    ) : (
      <LoadingState rows={12} />
    );
  const { quotaOutlook } = readFragment(PlanQuotaOutlook, data.plan);
  const { lines } = data.plan;
  const { endCursor } = lines.pageInfo;
  const close = () => {
    open(null);
    // Lines and quotas do not come with an act's answer.
    askAgain();
  };
  const putInForce = async () => {
    const answer = await setQuotas.send({ id: plan.id, expectedVersion: plan.version });
    notice(answer.data ? t('plan.quotas.setDone', { code: plan.code }) : (answer.errors[0]?.message ?? ''));
    askAgain();
  };
  const exportLines = async (format: TableFormat) => {
    const rows = await allLines(client, id);
    if (!rows) return notice(t('failure.offline'));
    const exported = columns.filter(({ key }) => key !== 'acts');
    const cells = rows.map((row) => exported.map(({ text }) => text(row)));
    await saveTable(
      plan.code,
      format,
      exported.map(({ title }) => title),
      cells,
    );
  };
  const mayAdd = plan.kind === 'ANNUAL' && plan.state === 'APPROVED' && may('PLAN', 'CREATE');

  return (
    <>
      <PageHeader
        title={t('plan.titleOf', {
          department: plan.department.name,
          year: plan.year,
          kind: t(`plan.titleKinds.${plan.kind}`),
        })}
        back={list}
        state={<StateTag look={planStates[plan.state]} word={t(`plan.states.${plan.state}`)} />}
        actions={
          <>
            {plan.availableActions.map(({ action, disabledReason }) => (
              <Button
                key={action}
                type={FORWARD.includes(action) ? 'primary' : 'default'}
                danger={action === 'REJECT' || action === 'DISCARD'}
                disabled={disabledReason !== null}
                title={disabledReason ?? undefined}
                onClick={() => open({ action })}
              >
                {t(`plan.action.${action}`)}
              </Button>
            ))}
            {mayAdd && (
              <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => open({ addition: true })}>
                {t('plan.add')}
              </Button>
            )}
          </>
        }
      >
        {t('plan.next')}：{t(`plan.nextBy.${plan.state}`)}
      </PageHeader>
      <Panel title={t('plan.facts')}>
        <Facts
          facts={[
            { label: t('plan.code'), value: <span className="jy-code">{plan.code}</span> },
            { label: t('plan.createdBy'), value: plan.createdByName },
            { label: t('plan.since'), value: <Time at={plan.stateSince} exact /> },
            { label: t('plan.lineCount'), value: count(plan.lineCount) },
            { label: t('plan.monthly'), value: <Money fen={plan.monthly} /> },
            { label: t('plan.yearly'), value: <Money fen={plan.yearly} /> },
            {
              label: t('plan.quotasSet'),
              value: plan.quotasSetAt ? (
                <Time at={plan.quotasSetAt} exact />
              ) : (
                t(quotaOutlook && !quotaOutlook.withApproval ? 'plan.quotasLater' : 'plan.quotasPending')
              ),
            },
            ...(plan.reason ? [{ label: t('plan.addReason'), value: plan.reason, wide: true }] : []),
          ]}
        />
      </Panel>
      <AmountsPanel plan={plan} />
      {plan.editable && (
        <p className="jy-list-actions">
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => open({ line: null })}>
            {t('plan.line.new')}
          </Button>
          {plan.kind === 'ANNUAL' && may('PLAN', 'IMPORT') && (
            <Button icon={<UploadOutlined aria-hidden />} onClick={() => void navigate(routes.newImport('plan-lines'))}>
              {t('plan.import')}
            </Button>
          )}
        </p>
      )}
      <ResourceTable
        name="plan-lines"
        caption={t('plan.lines')}
        columns={columns}
        rows={readFragment(PlanLineRow, lines.nodes)}
        rowKey={(line) => line.id}
        busy={fetching}
        onExport={(format) => void exportLines(format)}
        paging={{
          from: paging.from,
          totalCount: lines.totalCount,
          onNext: lines.pageInfo.hasNextPage && endCursor ? () => paging.next(endCursor, lines.nodes.length) : null,
          onPrevious: paging.previous,
        }}
        empty={<EmptyState title={t('plan.line.none')}>{t('plan.line.noneText')}</EmptyState>}
      />
      {quotaOutlook && plan.lineCount > 0 && (
        <QuotaOutlookPanel
          plan={plan}
          outlook={quotaOutlook}
          busy={setQuotas.busy}
          onSet={
            plan.state === 'APPROVED' && quotaOutlook.withApproval && may('PLAN', 'REVIEW')
              ? () => void putInForce()
              : null
          }
        />
      )}
      <StepsPanel plan={plan} />
      {opened && 'action' in opened && <ActDialog action={opened.action} plan={plan} onClose={close} />}
      {opened && 'line' in opened && <LineDialog plan={plan} line={opened.line} onClose={close} />}
      {opened && 'reduce' in opened && <ReduceDialog plan={plan} line={opened.reduce} onClose={close} />}
      {opened && 'addition' in opened && (
        <BeginDialog kind="ADDITION" year={plan.year} departmentId={plan.department.id} onClose={() => open(null)} />
      )}
    </>
  );
}

/** Page after page, fresh from the server; null = no connection. */
async function allLines(client: Client, id: string): Promise<PlanLine[] | null> {
  const rows: PlanLine[] = [];
  let after: string | null = null;
  do {
    const answer: OperationResult<ResultOf<typeof PlanQuery>> = await client
      .query(PlanQuery, { id, first: EXPORT_PAGE_SIZE, after }, { requestPolicy: 'network-only' })
      .toPromise();
    if (!answer.data) return null;
    const { nodes, pageInfo } = answer.data.plan.lines;
    rows.push(...readFragment(PlanLineRow, nodes));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return rows;
}
