import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { COST_SIDES, SideFilter } from '../../../ui/SideFilter';
import { useMay, useSeesProvincialCosts } from '../../../ui/viewer-context';
import { MonthTable } from '../components/MonthTable';
import { type TokenRow, TokenTable } from '../components/TokenTable';
import { ApproveExportTokenMutation, ExportMonthsQuery, ExportTokenRow, ExportTokensQuery } from '../exports.gql';
import { CreateTokenDialog } from '../forms/CreateTokenDialog';
import { RevokeTokenDialog } from '../forms/RevokeTokenDialog';
import { type Made, SecretDialog } from '../forms/SecretDialog';

const spec = { side: urlOneOf(COST_SIDES, 'PROVINCE'), create: urlText() };

/** 数据导出: closed months as files, and the keys by which machines fetch them. */
export function ExportsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const reads = may('BUDGET', 'READ');
  const [{ create }, go] = useUrlState(spec);
  return (
    <>
      <PageHeader
        title={t('dataExport.title')}
        actions={
          reads && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => go({ create: '1' })}>
              {t('dataExport.create')}
            </Button>
          )
        }
      >
        {t(reads ? 'dataExport.lead' : 'dataExport.leadOfGuard')}
      </PageHeader>
      {reads && <Months />}
      <Tokens create={create !== ''} onCreated={() => go({ create: '' })} />
    </>
  );
}

function Months() {
  const { t } = useTranslation();
  const [{ side }, go] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({
    query: ExportMonthsQuery,
    variables: { side },
    requestPolicy: 'cache-and-network',
  });
  const seesProvince = useSeesProvincialCosts();
  const months = data?.exportMonths;
  return (
    <Panel
      title={t('dataExport.months')}
      aside={seesProvince && <SideFilter value={side} onChange={(next) => go({ side: next })} />}
    >
      <p className="jy-quiet-text">{t('dataExport.focusText')}</p>
      {!months &&
        (error ? (
          <FailureState
            failure={failureOf(error)}
            onRetry={() => ask({ requestPolicy: 'network-only' })}
            home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
          />
        ) : (
          <LoadingState rows={4} />
        ))}
      {months?.length === 0 && (
        <EmptyState
          title={t('dataExport.noMonths')}
          action={<Link to={routes.statements()}>{t('statement.list')}</Link>}
        >
          {t('dataExport.noMonthsText')}
        </EmptyState>
      )}
      {months && months.length > 0 && <MonthTable months={months} side={side} />}
    </Panel>
  );
}

function Tokens({ create, onCreated }: { create: boolean; onCreated: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const notice = useNotice();
  const approve = useOutcome(ApproveExportTokenMutation);
  const [made, setMade] = useState<Made | null>(null);
  const [revoking, revoke] = useState<TokenRow | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [{ data, error }, ask] = useQuery({ query: ExportTokensQuery, requestPolicy: 'cache-and-network' });
  const tokens = data && readFragment(ExportTokenRow, data.exportTokens.nodes);
  const onApprove = async (token: TokenRow) => {
    const answer = await approve.send({ id: token.id, expectedVersion: token.version });
    setRefused(answer.data ? null : answer.errors.map(({ message }) => message).join(' '));
    if (answer.data) notice(t('dataExport.approved', { purpose: token.purpose }));
  };
  return (
    <Panel title={t('dataExport.tokens')}>
      <p className="jy-quiet-text">{t('dataExport.tokensText')}</p>
      {refused && (
        <p role="alert" className="jy-field-error">
          {refused}
        </p>
      )}
      {!tokens &&
        (error ? (
          <FailureState
            failure={failureOf(error)}
            onRetry={() => ask({ requestPolicy: 'network-only' })}
            home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
          />
        ) : (
          <LoadingState rows={3} />
        ))}
      {tokens?.length === 0 && <EmptyState title={t('dataExport.noTokens')}>{t('dataExport.noTokensText')}</EmptyState>}
      {tokens && tokens.length > 0 && (
        <TokenTable
          tokens={tokens}
          ofMany={may('ROLE', 'READ')}
          busy={approve.busy}
          onApprove={(token) => void onApprove(token)}
          onRevoke={revoke}
        />
      )}
      {create && (
        <CreateTokenDialog
          onMade={(one) => {
            onCreated();
            setMade(one);
          }}
          onClose={onCreated}
        />
      )}
      {made && <SecretDialog made={made} onClose={() => setMade(null)} />}
      {revoking && <RevokeTokenDialog token={revoking} onClose={() => revoke(null)} />}
    </Panel>
  );
}
