import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResourceAction } from '../../../graphql/enums';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { ActionButton } from '../../../ui/ActionButton';
import { ResourceActions } from '../resources.gql';
import { ReleaseDialog } from './ReleaseDialog';

const actionLooks = { RELEASE: { danger: true } } satisfies Record<ResourceAction, { danger: boolean }>;

export function ResourceActionBar({ resource: masked }: { resource: FragmentOf<typeof ResourceActions> }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<ResourceAction | null>(null);
  const resource = readFragment(ResourceActions, masked);
  return (
    <>
      {resource.availableActions.map(({ action, disabledReason }) => (
        <ActionButton
          key={action}
          danger={actionLooks[action].danger}
          disabledReason={disabledReason}
          onPress={() => setOpen(action)}
        >
          {t(`resource.action.${action}`)}
        </ActionButton>
      ))}
      {open === 'RELEASE' && <ReleaseDialog resource={resource} onClose={() => setOpen(null)} />}
    </>
  );
}
