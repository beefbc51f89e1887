import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { Panel } from '../../../ui/Panel';
import { StateTag } from '../../../ui/StateTag';
import { keptDiskStates } from '../kept-disk-states';
import { KeptDiskRow } from '../kept-disks.gql';
import { ResourceDisks } from '../resources.gql';
import { KeptDiskActs } from './KeptDiskActs';
import { type DiskAct, KeptDiskDialog } from './KeptDiskDialogs';

type Disk = ResultOf<typeof KeptDiskRow>;

/** The disks of other machines that it has, and the one of its own that outlived it; nothing where there are none. */
export function DisksPanel({ resource: masked }: { resource: FragmentOf<typeof ResourceDisks> }) {
  const { t } = useTranslation();
  const resource = readFragment(ResourceDisks, masked);
  const disks = readFragment(KeptDiskRow, resource.keptDisks);
  const [acting, setActing] = useState<{ act: DiskAct; disk: Disk } | null>(null);
  if (disks.length === 0) return null;
  return (
    <Panel title={t('keptDisk.panel')}>
      <ul className="jy-policies">
        {disks.map((disk) => (
          <li key={disk.id}>
            <div className="jy-policy-head">
              <span className="jy-strong jy-number">
                {t(`tier.${disk.storageTier}`)} {count(disk.diskGib)} GiB
              </span>
              <StateTag look={keptDiskStates[disk.state]} word={t(`keptDisk.state.${disk.state}`)} />
            </div>
            <p className="jy-quiet-text">{whereOf(disk, resource.id)}</p>
            {disk.trouble && <p className="jy-quiet-text">{disk.trouble}</p>}
            <div className="jy-policy-acts">
              <KeptDiskActs disk={disk} onAct={(act) => setActing({ act, disk })} />
            </div>
          </li>
        ))}
      </ul>
      {acting && <KeptDiskDialog {...acting} onClose={() => setActing(null)} />}
    </Panel>
  );

  function whereOf(disk: Disk, here: string) {
    if (disk.resource.id !== here)
      return (
        <>
          {t('keptDisk.of')} <Link to={routes.resource(disk.resource.id)}>{disk.resource.name}</Link>
        </>
      );
    if (disk.attachedTo)
      return (
        <>
          {t('keptDisk.attachedTo')} <Link to={routes.resource(disk.attachedTo.id)}>{disk.attachedTo.name}</Link>
        </>
      );
    if (disk.until) return t('keptDisk.untilDay', { at: exactTime(disk.until) });
    return disk.endedAt ? exactTime(disk.endedAt) : t('keptDisk.own');
  }
}
