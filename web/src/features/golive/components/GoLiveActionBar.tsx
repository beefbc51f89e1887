import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { ActionButton } from '../../../ui/ActionButton';
import { GoLiveActions } from '../golive.gql';
import { PresentDialog, StopDialog } from './EndDialogs';

/** What moves the whole case; its book, papers and signatures have their buttons beside them. */
export function GoLiveActionBar({ golive: masked }: { golive: FragmentOf<typeof GoLiveActions> }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'PRESENT' | 'STOP' | null>(null);
  const golive = readFragment(GoLiveActions, masked);
  const close = () => setOpen(null);
  return (
    <>
      {golive.availableActions.map(({ action, disabledReason }) =>
        action === 'PRESENT' || action === 'STOP' ? (
          <ActionButton
            key={action}
            type={action === 'PRESENT' ? 'primary' : 'default'}
            danger={action === 'STOP'}
            disabledReason={disabledReason}
            onPress={() => setOpen(action)}
          >
            {t(`goLive.action.${action}`)}
          </ActionButton>
        ) : null,
      )}
      <Button href={golive.sheetUrl} icon={<PrinterOutlined aria-hidden />} download>
        {t('goLive.print')}
      </Button>
      {open === 'PRESENT' && <PresentDialog golive={golive} onClose={close} />}
      {open === 'STOP' && <StopDialog golive={golive} onClose={close} />}
    </>
  );
}
