import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import type { BackupAction } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { BackupHealthTag, BackupStateTag } from '../../../ui/backups/backup-looks';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { BackupPageQuery, BackupParts } from '../backups.gql';
import { BackupBanners, BackupFacts, BackupOrders, BackupRuns } from '../components/BackupPanels';
import { BackupActDialog } from '../forms/BackupActDialog';
import { BackupRunDialog } from '../forms/BackupRunDialog';
import { BackupSetUpDialog } from '../forms/BackupSetUpDialog';
import { RestoreDialog } from '../forms/RestoreDialog';

type Act = Exclude<BackupAction, 'ACTIVATE'>;
/** The first of those that are open is what the page is for. */
const ORDER: readonly Act[] = ['RESTORE', 'RECORD', 'SET_UP', 'RESUME', 'SUSPEND', 'END'];

/** One backup: what it copies, how the copies went, and the orders that set it up and restored from it. */
export function BackupPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [acting, setActing] = useState<Act | null>(null);
  const [{ data, error }, ask] = useQuery({
    query: BackupPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const list = <Link to={routes.backups()}>{t('backup.list')}</Link>;
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
  const backup = readFragment(BackupParts, data.backup);
  const open: readonly string[] = backup.availableActions;
  const close = () => setActing(null);
  return (
    <>
      <PageHeader
        title={backup.name}
        back={list}
        state={
          <>
            <BackupStateTag state={backup.state} /> <BackupHealthTag health={backup.health} />
          </>
        }
        actions={ORDER.filter((act) => open.includes(act)).map((act, at) => (
          <Button
            key={act}
            type={at === 0 && act !== 'END' ? 'primary' : 'default'}
            danger={act === 'END'}
            onClick={() => setActing(act)}
          >
            {t(`backup.action.${act}`)}
          </Button>
        ))}
      >
        <span className="jy-code">{backup.code}</span>
      </PageHeader>
      <BackupBanners backup={backup} />
      <div className="jy-detail">
        <div className="jy-detail-main">
          <BackupRuns backup={backup} />
          <BackupOrders backup={backup} />
        </div>
        <div className="jy-detail-aside">
          <BackupFacts backup={backup} />
        </div>
      </div>
      {acting === 'SET_UP' && <BackupSetUpDialog backup={backup} orderId={null} onClose={close} />}
      {acting === 'RECORD' && <BackupRunDialog backup={backup} onClose={close} />}
      {acting === 'RESTORE' && <RestoreDialog backup={backup} onClose={close} />}
      {(acting === 'SUSPEND' || acting === 'RESUME' || acting === 'END') && (
        <BackupActDialog act={acting} backup={backup} onClose={close} />
      )}
    </>
  );
}
