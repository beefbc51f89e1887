import { SettingOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { scheduleText } from '../../../ui/backups/backup-looks';
import { Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useMay } from '../../../ui/viewer-context';
import type { WorkOrderParts } from '../workorders.gql';

type Order = ResultOf<typeof WorkOrderParts>;

/** The record that this order fills in, or restores from: who works it says here what is copied to where. */
export function OrderBackup({ order, onSetUp }: { order: Order; onSetUp: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { backup } = order;
  if (!backup) return null;
  const set = backup.encryptionNote !== null;
  const fills = order.kind === 'BACKUP' && backup.availableActions.includes('SET_UP');
  return (
    <Panel
      title={t('backup.ofOrder')}
      aside={may('WORK_ORDER', 'READ') && <Link to={routes.backup(backup.id)}>{t('backup.open')}</Link>}
    >
      {order.kind === 'BACKUP' && !set && <p className="jy-banner jy-tone-waiting">{t('backup.setUpFirst')}</p>}
      <Facts
        facts={[
          { label: t('backup.name'), value: `${backup.name} ${backup.code}` },
          { label: t('backup.objectTitle'), value: t(`backup.object.${backup.object}`) },
          { label: t('backup.scheduleTitle'), value: <span className="jy-number">{scheduleText(t, backup)}</span> },
          {
            label: t('backup.keep'),
            value: t('backup.keepText', { days: backup.keepDays, copies: backup.keepCopies }),
          },
          {
            label: t('backup.target'),
            value: backup.targetCenter ? (
              <CenterMark role={backup.targetCenter.role} name={backup.targetCenter.name} />
            ) : (
              t('backup.noTarget')
            ),
          },
          { label: t('backup.remote'), value: t(backup.remote ? 'backup.remoteYes' : 'backup.remoteNo') },
          ...(set
            ? [
                {
                  label: t('backup.machines'),
                  value:
                    backup.machines.map((machine) => machine.name).join(t('common.comma')) || t('backup.noMachines'),
                },
                ...(backup.contents ? [{ label: t('backup.contents'), value: backup.contents }] : []),
                {
                  label: t('backup.encryption'),
                  value: `${t(backup.encrypted ? 'backup.encrypted' : 'backup.plain')} · ${backup.encryptionNote}`,
                  wide: true,
                },
              ]
            : []),
        ]}
      />
      {fills && (
        <Button
          size="large"
          type={set ? 'default' : 'primary'}
          icon={<SettingOutlined aria-hidden />}
          onClick={onSetUp}
        >
          {t('backup.action.SET_UP')}
        </Button>
      )}
    </Panel>
  );
}
