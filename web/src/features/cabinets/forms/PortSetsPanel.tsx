import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { FailureState } from '../../../ui/page-states';
import { CabinetPortSetsQuery } from '../port-sets.gql';

export type PortSet = ResultOf<typeof CabinetPortSetsQuery>['portSets'][number];

type Props = { cabinetId: string; editable: boolean; onAdd: () => void; onResize: (set: PortSet) => void };

/** Ports of switches and sockets of strips, to be claimed by orders of cabling and power-on. */
export function PortSetsPanel({ cabinetId, editable, onAdd, onResize }: Props) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({
    query: CabinetPortSetsQuery,
    variables: { cabinetIds: [cabinetId] },
    requestPolicy: 'cache-and-network',
  });
  const sets = data?.portSets ?? [];
  return (
    <Panel
      title={t('portSet.list')}
      aside={
        editable && (
          <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={onAdd}>
            {t('portSet.add')}
          </Button>
        )
      }
    >
      {error && !data && (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      )}
      {data && sets.length === 0 && <p className="jy-quiet-text">{t('portSet.none')}</p>}
      <ul className="jy-policies">
        {sets.map((set) => (
          <li key={set.id}>
            <div className="jy-policy-head">
              <span className="jy-strong">{set.label}</span>
              <span className="jy-quiet-text">{t(`work.portKind.${set.kind}`)}</span>
              <span className="jy-number jy-quiet-text">
                {t('portSet.claimed', { claimed: set.count - set.free, count: set.count })} ·{' '}
                {t('portSet.free', { free: set.free })}
              </span>
              {editable && (
                <Button
                  type="text"
                  size="small"
                  icon={<EditOutlined aria-hidden />}
                  aria-label={t('portSet.resizeOf', { label: set.label })}
                  onClick={() => onResize(set)}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
