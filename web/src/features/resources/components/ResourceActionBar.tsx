import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ResourceAction } from '../../../graphql/enums';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { ActionButton } from '../../../ui/ActionButton';
import { useMay } from '../../../ui/viewer-context';
import { ResourceActions } from '../resources.gql';
import { ProtectDialog, PurgeDialog, RestoreDialog } from './BinDialogs';
import { ConsoleDialog } from './ConsoleDialog';
import { ExtendDialog } from './ExtendDialog';
import { PowerDialog } from './PowerDialog';
import { ReleaseDialog } from './ReleaseDialog';
import { ReviewDialog } from './ReviewDialog';

const actionLooks = {
  START: { danger: false },
  STOP: { danger: false },
  RESTART: { danger: false },
  CONSOLE: { danger: false },
  RELEASE: { danger: true },
  RESTORE: { danger: false },
  PURGE: { danger: true },
  REVIEW: { danger: false },
  EXTEND: { danger: false },
  PROTECT: { danger: false },
  UNPROTECT: { danger: false },
} satisfies Record<ResourceAction, { danger: boolean }>;

type Offered = { action: ResourceAction; disabledReason: string | null };

/** Of on and off only the one that can be pressed; both, with their reasons, where neither can. */
function shown(offers: readonly Offered[]): readonly Offered[] {
  const can = (action: ResourceAction) => offers.some((one) => one.action === action && !one.disabledReason);
  return offers.filter(
    ({ action, disabledReason }) =>
      !disabledReason || !((action === 'START' && can('STOP')) || (action === 'STOP' && can('START'))),
  );
}

export function ResourceActionBar({ resource: masked }: { resource: FragmentOf<typeof ResourceActions> }) {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const [open, setOpen] = useState<ResourceAction | null>(null);
  const resource = readFragment(ResourceActions, masked);
  const changeable = resource.state === 'IN_USE' && resource.management !== 'OBSERVED' && may('REQUEST', 'CREATE');
  const close = () => setOpen(null);
  return (
    <>
      {resource.state === 'IN_USE' && !resource.reclaimCase && may('RESOURCE', 'REVIEW') && (
        <Button onClick={() => void navigate(routes.newReclaimCase(resource.id))}>{t('life.openCase')}</Button>
      )}
      {changeable && (
        <ActionButton
          disabledReason={resource.openChange ? t('change.underWay', { code: resource.openChange.code }) : null}
          onPress={() => void navigate(routes.changeRequest([resource.id]))}
        >
          {t('change.start')}
        </ActionButton>
      )}
      {shown(resource.availableActions).map(({ action, disabledReason }) => (
        <ActionButton
          key={action}
          danger={actionLooks[action].danger}
          disabledReason={disabledReason}
          onPress={() => setOpen(action)}
        >
          {t(`resource.action.${action}`)}
        </ActionButton>
      ))}
      {(open === 'START' || open === 'STOP' || open === 'RESTART') && (
        <PowerDialog action={open} resource={resource} onClose={close} />
      )}
      {open === 'CONSOLE' && <ConsoleDialog resource={resource} onClose={close} />}
      {open === 'RELEASE' && <ReleaseDialog resource={resource} onClose={close} />}
      {open === 'RESTORE' && <RestoreDialog resource={resource} onClose={close} />}
      {open === 'PURGE' && <PurgeDialog resource={resource} onClose={close} />}
      {open === 'EXTEND' && <ExtendDialog resource={resource} onClose={close} />}
      {open === 'REVIEW' && <ReviewDialog rows={[resource]} onClose={close} />}
      {(open === 'PROTECT' || open === 'UNPROTECT') && (
        <ProtectDialog resource={resource} on={open === 'PROTECT'} onClose={close} />
      )}
    </>
  );
}
