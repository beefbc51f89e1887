import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { NetworkPolicyAction } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { FailureState } from '../../../ui/page-states';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useMay } from '../../../ui/viewer-context';
import { PolicyParts, SystemPoliciesQuery } from '../policies.gql';
import { PhaseTag, PolicyStateTag } from './policy-states';

export type Policy = ResultOf<typeof PolicyParts>;
export type PolicyChoice = { policy: Policy; action: Exclude<NetworkPolicyAction, 'GONE'> };

type Props = { systemId: string; onApply: () => void; onAct: (choice: PolicyChoice) => void };

/** What may be reached of the system, and whether each center has it so. */
export function NetworkPoliciesPanel({ systemId, onApply, onAct }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const [all, setAll] = useState(false);
  const [{ data, error }, ask] = useQuery({
    query: SystemPoliciesQuery,
    variables: { systemId },
    requestPolicy: 'cache-and-network',
  });
  const policies = readFragment(PolicyParts, data?.networkPolicies.nodes ?? []);
  const over = policies.filter((policy) => policy.state === 'ENDED' || policy.state === 'REJECTED');
  const shown = all ? policies : policies.filter((policy) => !over.includes(policy));
  return (
    <Panel
      title={t('policy.title')}
      aside={
        may('WORK_ORDER', 'CREATE') && (
          <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={onApply}>
            {t('policy.apply')}
          </Button>
        )
      }
    >
      {error && !data && (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      )}
      {data && shown.length === 0 && <p className="jy-quiet-text">{t('policy.none')}</p>}
      <ul className="jy-policies">
        {shown.map((policy) => (
          <li key={policy.id}>
            <div className="jy-policy-head">
              <span className="jy-code">{policy.code}</span> <PolicyStateTag state={policy.state} />
            </div>
            <p>
              {t(`policy.direction.${policy.direction}`)} <span className="jy-code">{policy.peer}</span> ·{' '}
              <span className="jy-number">
                {policy.protocol} {policy.ports}
              </span>
            </p>
            <p className="jy-quiet-text">
              {policy.until ? t('policy.untilDay', { day: policy.until }) : t('policy.noEnd')} · {policy.reason}
            </p>
            {policy.opinion && <p className="jy-quiet-text">{policy.opinion}</p>}
            {policy.sites.map((site) => (
              <p key={`${site.center.id}${site.mode}`} className="jy-policy-site">
                <CenterMark role={site.center.role} name={site.center.name} /> <PhaseTag phase={site.phase} />{' '}
                <span className="jy-quiet-text">
                  {t(`policy.mode.${site.mode}`)}
                  {site.drift && ` · ${site.drift}`}
                  {site.message && ` · ${site.message}`}
                </span>
              </p>
            ))}
            {policy.availableActions.length > 0 && (
              <div className="jy-policy-acts">
                {policy.availableActions
                  .filter((action) => action !== 'GONE')
                  .map((action) => (
                    <Button
                      key={action}
                      size="small"
                      danger={action === 'END'}
                      onClick={() => onAct({ policy, action })}
                    >
                      {t(`policy.action.${action}`)}
                    </Button>
                  ))}
              </div>
            )}
          </li>
        ))}
      </ul>
      {over.length > 0 && !all && (
        <Button type="link" onClick={() => setAll(true)}>
          {t('policy.showOver', { total: over.length })}
        </Button>
      )}
    </Panel>
  );
}
