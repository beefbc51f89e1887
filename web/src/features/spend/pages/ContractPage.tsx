import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlOneOf } from '../../../lib/url-state';
import { useKeyPaging } from '../../../lib/use-key-paging';
import { useUrlState } from '../../../lib/use-url-state';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { ResourceTable } from '../../../ui/table/ResourceTable';
import { useMay } from '../../../ui/viewer-context';
import { CeilingBar } from '../components/CeilingBar';
import { ContractTables, ContractTerms } from '../components/ContractTerms';
import { entryColumns } from '../components/entry-columns';
import { SpendFigures } from '../components/SpendFigures';
import { SupplementsPanel } from '../components/SupplementsPanel';
import { spendStates } from '../components/spend-words';
import { useEntryActs } from '../components/use-entry-acts';
import { AcceptanceDialog } from '../forms/AcceptanceDialog';
import { DeductionDialog } from '../forms/DeductionDialog';
import { PaymentDialog } from '../forms/PaymentDialog';
import { ReverseDialog } from '../forms/ReverseDialog';
import { SupplementDialog } from '../forms/SupplementDialog';
import {
  ConfirmContractMutation,
  ContractEntryRow,
  ContractPageQuery,
  ContractParts,
  WithdrawContractMutation,
} from '../spend.gql';

const ENTRIES = 50;
const forms = ['', 'accept', 'deduct', 'pay', 'supplement'] as const;
const opened = { form: urlOneOf(forms, '') };

/** One contract: what was agreed, what came of it, and every entry with whose hands it went through. */
export function ContractPage() {
  const { t } = useTranslation();
  const may = useMay();
  const notice = useNotice();
  const { id = '' } = useParams();
  const paging = useKeyPaging();
  const [{ form }, open] = useUrlState(opened);
  const confirm = useOutcome(ConfirmContractMutation);
  const withdraw = useOutcome(WithdrawContractMutation);
  const [refused, setRefused] = useState<string | null>(null);
  const entryActs = useEntryActs();
  const { acts, reversing, closeReversal } = entryActs;
  const [{ data, error }, ask] = useQuery({
    query: ContractPageQuery,
    variables: { id, first: ENTRIES, after: paging.after },
    requestPolicy: 'cache-and-network',
  });
  const columns = useMemo(() => entryColumns(t, false, acts), [t, acts]);
  const list = <Link to={routes.contracts()}>{t('contract.list')}</Link>;
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
  const contract = readFragment(ContractParts, data.contract);
  const entries = data.contractEntries;
  const { endCursor, hasNextPage } = entries.pageInfo;
  const decide = async (action: 'CONFIRM' | 'WITHDRAW') => {
    const wish = { id: contract.id, expectedVersion: contract.version };
    const answer = await (action === 'CONFIRM' ? confirm.send(wish) : withdraw.send(wish));
    setRefused(answer.data ? null : answer.errors.map(({ message }) => message).join(' '));
    if (answer.data) notice(t(action === 'CONFIRM' ? 'spend.confirmed' : 'spend.withdrawn'));
  };
  const said = refused ?? entryActs.refused;
  const close = () => open({ form: '' });
  const mayEnter = may('SPEND', 'EDIT') && contract.state === 'CONFIRMED';
  return (
    <>
      <PageHeader
        title={contract.name}
        back={list}
        state={<StateTag look={spendStates[contract.state]} word={t(`spend.states.${contract.state}`)} />}
        actions={
          <>
            {contract.availableActions.map((action) => (
              <Button
                key={action}
                type={action === 'CONFIRM' ? 'primary' : 'default'}
                title={action === 'CONFIRM' ? t('contract.confirmText') : undefined}
                disabled={confirm.busy || withdraw.busy}
                onClick={() => void decide(action)}
              >
                {t(action === 'CONFIRM' ? 'spend.confirm' : 'spend.withdraw')}
              </Button>
            ))}
            {mayEnter && (
              <>
                <Button onClick={() => open({ form: 'supplement' })}>{t('supplement.enter')}</Button>
                <Button onClick={() => open({ form: 'accept' })}>{t('entry.accept')}</Button>
                {contract.assessmentRules.length > 0 && (
                  <Button onClick={() => open({ form: 'deduct' })}>{t('entry.deduct')}</Button>
                )}
                <Button type="primary" onClick={() => open({ form: 'pay' })}>
                  {t('entry.pay')}
                </Button>
              </>
            )}
          </>
        }
      >
        <span className="jy-code">{contract.number}</span>
      </PageHeader>
      {said && (
        <div className="jy-error-summary" role="alert">
          {said}
        </div>
      )}
      <SpendFigures label={contract.name} figures={contract.figures} payable={contract.payable} />
      <div className="jy-spend-ceiling">
        <CeilingBar figures={contract.figures} />
      </div>
      <ContractTerms contract={contract} />
      <ContractTables contract={contract} />
      <SupplementsPanel contract={contract} />
      <Panel title={t('contract.entries')} aside={t('spend.twoPeople')}>
        <ResourceTable
          name="contract-entries"
          caption={t('contract.entries')}
          columns={columns}
          rows={readFragment(ContractEntryRow, entries.nodes)}
          rowKey={(row) => row.id}
          paging={{
            from: paging.from,
            totalCount: entries.totalCount,
            onNext: hasNextPage && endCursor ? () => paging.next(endCursor, entries.nodes.length) : null,
            onPrevious: paging.previous,
          }}
          empty={<EmptyState title={t('contract.noEntries')}>{t('contract.noEntriesText')}</EmptyState>}
        />
      </Panel>
      {mayEnter && form === 'accept' && <AcceptanceDialog contractId={contract.id} onClose={close} />}
      {mayEnter && form === 'deduct' && <DeductionDialog contractId={contract.id} onClose={close} />}
      {mayEnter && form === 'supplement' && <SupplementDialog contract={contract} onClose={close} />}
      {mayEnter && form === 'pay' && <PaymentDialog contract={contract} onClose={close} />}
      {reversing && <ReverseDialog entry={reversing} onClose={closeReversal} />}
    </>
  );
}
