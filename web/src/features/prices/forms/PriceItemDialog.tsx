import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { PriceTimeline } from '../components/PriceTimeline';
import type { PriceRow } from '../components/price-columns';
import { AddVersionForm } from './AddVersionForm';
import { ChangeVersionForm } from './ChangeVersionForm';

type Version = PriceRow['versions'][number];
type Doing = { kind: 'LOOK' } | { kind: 'ADD' } | { kind: 'END' | 'WITHDRAW'; version: Version };
type Props = {
  item: PriceRow;
  centers: readonly { id: string; name: string }[];
  editable: boolean;
  onClose: () => void;
};

/** One item beside the list: its prices in time, and what may be done to them, one thing at a time. */
export function PriceItemDialog({ item, centers, editable, onClose }: Props) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<Doing>({ kind: 'LOOK' });
  const done = () => setDoing({ kind: 'LOOK' });
  return (
    <Dialog title={item.name} onClose={onClose}>
      <p className="jy-quiet-text">
        <span className="jy-code">{item.meter}</span> · {t('price.perMonth', { unit: item.unit })}
      </p>
      {doing.kind === 'ADD' && <AddVersionForm item={item} centers={centers} onDone={done} />}
      {(doing.kind === 'END' || doing.kind === 'WITHDRAW') && (
        <ChangeVersionForm item={item} version={doing.version} kind={doing.kind} onDone={done} />
      )}
      {doing.kind === 'LOOK' && (
        <>
          {editable && (
            <p>
              <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setDoing({ kind: 'ADD' })}>
                {t('price.add')}
              </Button>
            </p>
          )}
          <PriceTimeline
            item={item}
            onEnd={editable ? (version) => setDoing({ kind: 'END', version }) : null}
            onWithdraw={editable ? (version) => setDoing({ kind: 'WITHDRAW', version }) : null}
          />
        </>
      )}
    </Dialog>
  );
}
