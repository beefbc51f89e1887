import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { BackupsPanel } from '../../../ui/backups/BackupsPanel';
import { BackBanner } from '../../../ui/gates/BackBanner';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { QuotaPanel } from '../../../ui/quota/QuotaPanel';
import { useMay } from '../../../ui/viewer-context';
import { AssurancePanel } from '../components/AssurancePanel';
import { GoLivePanel } from '../components/GoLivePanel';
import { NetworkPoliciesPanel, type PolicyChoice } from '../components/NetworkPoliciesPanel';
import { PeriodsPanel } from '../components/PeriodsPanel';
import { SystemFactsPanel } from '../components/SystemFactsPanel';
import { FiledTag, FrozenTag } from '../components/states';
import { VendorStaffPanel } from '../components/VendorStaffPanel';
import { PolicyActDialog } from '../forms/PolicyActDialog';
import { PolicyDialog } from '../forms/PolicyDialog';
import { SystemPageQuery, SystemParts } from '../systems.gql';

export function SystemPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const [applying, setApplying] = useState(false);
  const [choice, setChoice] = useState<PolicyChoice | null>(null);
  const { search } = useLocation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: SystemPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const list = <Link to={routes.systems()}>{t('system.list')}</Link>;
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
  const system = readFragment(SystemParts, data.system);
  return (
    <>
      <PageHeader
        title={system.name}
        back={list}
        state={system.frozen ? <FrozenTag /> : <FiledTag filed={system.filed} />}
        actions={
          system.editable && (
            <Button
              type="primary"
              icon={<EditOutlined aria-hidden />}
              onClick={() => void navigate({ pathname: routes.editSystem(system.id), search })}
            >
              {t('system.edit')}
            </Button>
          )
        }
      >
        <span className="jy-code">{system.code}</span>
      </PageHeader>
      <BackBanner editable={system.editable} />
      <div className="jy-detail">
        <div className="jy-detail-main">
          <SystemFactsPanel system={system} />
          <AssurancePanel system={system} />
          <PeriodsPanel system={system} />
          <BackupsPanel of={{ systemId: system.id }} systemId={system.id} />
          {may('WORK_ORDER', 'READ') && (
            <NetworkPoliciesPanel systemId={system.id} onApply={() => setApplying(true)} onAct={setChoice} />
          )}
        </div>
        <div className="jy-detail-aside">
          {may('GO_LIVE', 'READ') && <GoLivePanel system={system} />}
          {system.quota && <QuotaPanel quota={system.quota} />}
          <VendorStaffPanel system={system} />
        </div>
      </div>
      {applying && <PolicyDialog systemId={system.id} onClose={() => setApplying(false)} />}
      {choice && <PolicyActDialog choice={choice} onClose={() => setChoice(null)} />}
    </>
  );
}
