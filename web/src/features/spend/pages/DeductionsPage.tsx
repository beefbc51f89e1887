import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { Money } from '../../../ui/Money';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { useMay } from '../../../ui/viewer-context';
import { FaultTable } from '../components/FaultTable';
import { monthBefore, shareText, spendStates, today } from '../components/spend-words';
import { DeductionProposalParts, DeductionProposalsQuery, FaultParts } from '../deductions.gql';
import { RecordedDeductionDialog } from '../forms/RecordedDeductionDialog';

type Proposal = ResultOf<typeof DeductionProposalParts>;
const spec = { month: urlText() };

/** 考核扣减: of a month and every contract that is assessed, what the book of outages says, and what was made of it. */
export function DeductionsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ month: chosen }, go] = useUrlState(spec);
  const month = /^\d{4}-\d{2}$/.test(chosen) ? chosen : monthBefore(today().slice(0, 7));
  const [entering, enter] = useState<Proposal | null>(null);
  const [{ data, error }, ask] = useQuery({
    query: DeductionProposalsQuery,
    variables: { month },
    requestPolicy: 'cache-and-network',
  });
  const found = data?.deductionProposals;
  const proposals = found ? readFragment(DeductionProposalParts, found.proposals) : [];
  const missed = proposals.filter(({ faults }) => faults.length > 0);
  const clean = proposals.length - missed.length;
  return (
    <>
      <PageHeader
        title={t('deduction.list')}
        actions={
          <Input
            type="month"
            className="jy-filter-select"
            aria-label={t('entry.month')}
            value={month}
            onChange={(event) => go({ month: event.target.value })}
          />
        }
      >
        {t('deduction.lead')}
      </PageHeader>
      {!found && error && (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      )}
      {!found && !error && <LoadingState rows={8} />}
      {found && !found.isOver && (
        <p className="jy-banner jy-tone-waiting" role="status">
          {t('deduction.notOver')}
        </p>
      )}
      {found && found.totalCount === 0 && (
        <EmptyState title={t('deduction.none')} action={<Link to={routes.contracts()}>{t('contract.list')}</Link>}>
          {t('deduction.noneText')}
        </EmptyState>
      )}
      {found && found.totalCount > 0 && (
        <p className="jy-spend-status" role="status">
          {t('deduction.summary', { missed: missed.length, clean })}{' '}
          {found.totalCount > proposals.length &&
            t('deduction.more', { shown: proposals.length, all: found.totalCount })}
        </p>
      )}
      {missed.map((proposal) => (
        <OfContract
          key={proposal.contract.id}
          proposal={proposal}
          onEnter={may('SPEND', 'EDIT') && found?.isOver ? () => enter(proposal) : null}
        />
      ))}
      {entering && <RecordedDeductionDialog proposal={entering} month={month} onClose={() => enter(null)} />}
    </>
  );
}

function OfContract({ proposal, onEnter }: { proposal: Proposal; onEnter: (() => void) | null }) {
  const { t } = useTranslation();
  const { contract, assessment, entry } = proposal;
  const due = assessment !== null && BigInt(assessment.deduction) > 0n;
  return (
    <Panel
      title={contract.name}
      aside={
        entry ? (
          <StateTag look={spendStates[entry.state]} word={t(`spend.states.${entry.state}`)} />
        ) : (
          due && onEnter && <Button onClick={onEnter}>{t('deduction.enter')}</Button>
        )
      }
    >
      <p className="jy-spend-status">
        <Link className="jy-code" to={routes.contract(contract.id)}>
          {contract.number}
        </Link>
        {` · ${contract.supplier.name} · `}
        {t('deduction.counts', {
          counted: count(proposal.downMinutes - proposal.excusedMinutes),
          down: count(proposal.downMinutes),
        })}
        {assessment && ` · ${t('deduction.availability', { share: shareText(assessment.availability) })}`}
        {' · '}
        {entry ? (
          <>
            {t('deduction.entered')} <Money fen={entry.amount} />
          </>
        ) : due ? (
          <>
            {t('deduction.proposed', { share: shareText(assessment.share) })} <Money fen={assessment.deduction} />
          </>
        ) : (
          t(assessment && assessment.share > 0 ? 'deduction.capped' : 'deduction.within')
        )}
      </p>
      {proposal.differs && (
        <p className="jy-banner jy-tone-waiting" role="status">
          {t('deduction.differs')}
        </p>
      )}
      <FaultTable label={contract.name} faults={readFragment(FaultParts, proposal.faults)} />
    </Panel>
  );
}
