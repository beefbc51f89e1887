import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { FailureState } from '../../../ui/page-states';
import { NewPortSetDialog, ResizePortSetDialog } from '../forms/PortSetDialogs';
import { CabinetPortSetsQuery } from '../port-sets.gql';

export type PortSet = ResultOf<typeof CabinetPortSetsQuery>['portSets'][number];

/** Ports of switches and sockets of strips, to be claimed by orders of cabling and power-on. */
export function PortSetsPanel({ cabinetId, editable }: { cabinetId: string; editable: boolean }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const [resizing, setResizing] = useState<PortSet | null>(null);
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
          <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
            {t('portSet.add')}
          </Button>
        )
      }
    >
      {error && !data && (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      )}
      {data && sets.length === 0 && <p className="jy-quiet-text">{t('portSet.none')}</p>}
      <ul className="jy-plain-list">
        {sets.map((set) => (
          <li key={set.id}>
            <div>
              <span className="jy-strong">{set.label}</span>{' '}
              <span className="jy-quiet-text">{t(`work.portKind.${set.kind}`)}</span>
              <p className="jy-number jy-quiet-text">
                {t('portSet.claimed', { claimed: set.count - set.free, count: set.count })} ·{' '}
                {t('portSet.free', { free: set.free })}
              </p>
            </div>
            {editable && (
              <Button
                type="text"
                size="small"
                icon={<EditOutlined aria-hidden />}
                aria-label={t('portSet.resizeOf', { label: set.label })}
                onClick={() => setResizing(set)}
              />
            )}
          </li>
        ))}
      </ul>
      {adding && <NewPortSetDialog cabinetId={cabinetId} onClose={() => setAdding(false)} />}
      {resizing && <ResizePortSetDialog set={resizing} onClose={() => setResizing(null)} />}
    </Panel>
  );
}
