import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import type { KeptDiskRow } from '../kept-disks.gql';
import type { DiskAct } from './KeptDiskDialogs';

type Disk = ResultOf<typeof KeptDiskRow>;

const ACTS: Partial<Record<Disk['state'], readonly DiskAct[]>> = {
  KEPT: ['ATTACH', 'GIVE_UP'],
  ATTACHED: ['DETACH'],
};

/** What may be done to one disk, by whoever decides about it. */
export function KeptDiskActs({ disk, onAct }: { disk: Disk; onAct: (act: DiskAct) => void }) {
  const { t } = useTranslation();
  const acts = disk.mayDecide ? (ACTS[disk.state] ?? []) : [];
  if (acts.length === 0) return <span className="jy-quiet-text">–</span>;
  return (
    <span className="jy-tags">
      {acts.map((act) => (
        <Button
          key={act}
          size="small"
          danger={act === 'GIVE_UP'}
          aria-label={`${t(`keptDisk.act.${act}`)} ${disk.resource.name}`}
          onClick={() => onAct(act)}
        >
          {t(`keptDisk.act.${act}`)}
        </Button>
      ))}
    </span>
  );
}
