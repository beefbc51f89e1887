// biome-ignore-all lint/a11y/useSemanticElements: cells that are walked with the arrow keys are a grid, which a table is not.
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells take the focus; their lines only hold them.
import { Button, Select } from 'antd';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { AddressUse } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { useMatches } from '../../../lib/use-matches';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { AddressMapQuery } from '../networks.gql';
import { addressAt, stepOf } from './map-steps';

/** Cells in a line: a /27 on a wide screen, a /29 on a telephone, where a finger needs room. */
const [WIDE_LINE, NARROW_LINE] = [32, 8];
const NARROW = '(max-width: 860px)';
const USES: readonly AddressUse[] = ['FREE', 'ALLOCATED', 'HELD', 'QUARANTINE', 'RESERVED', 'GATEWAY', 'EDGE'];
/** A sign beside the color: nobody has to see the color. */
const SIGNS: Record<AddressUse, string> = {
  FREE: '',
  ALLOCATED: '●',
  HELD: '◐',
  QUARANTINE: '◌',
  RESERVED: '▪',
  GATEWAY: '▲',
  EDGE: '×',
};

type Props = {
  networkId: string;
  block: number;
  onBlock: (block: number) => void;
  /** A free address was chosen; null = the viewer gives none away. */
  onFree: ((address: string) => void) | null;
  /** Somebody's was. */
  onTaken: (address: string) => void;
  onClose: () => void;
};

/** What each address of a block is, walked with the arrow keys; each cell says its address and its state. */
export function AddressMap({ networkId, block, onBlock, onFree, onTaken, onClose }: Props) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({
    query: AddressMapQuery,
    variables: { id: networkId, block },
    requestPolicy: 'cache-and-network',
  });
  const map = data?.network.addressMap;
  return (
    <Panel
      title={t('network.map')}
      aside={
        <span className="jy-tags">
          {map && map.blocks > 1 && (
            <Select
              className="jy-filter-select"
              aria-label={t('network.block')}
              showSearch={{ optionFilterProp: 'label' }}
              value={map.block}
              onChange={onBlock}
              options={Array.from({ length: map.blocks }, (_, value) => ({
                value,
                label: t('network.blockOf', { number: value + 1, blocks: map.blocks }),
              }))}
            />
          )}
          <Button onClick={onClose}>{t('network.mapClose')}</Button>
        </span>
      }
    >
      {map ? (
        <Cells key={map.first} first={map.first} uses={map.uses} onFree={onFree} onTaken={onTaken} />
      ) : data ? (
        <p className="jy-quiet-text">{t('network.mapNone')}</p>
      ) : error ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <LoadingState rows={4} />
      )}
    </Panel>
  );
}

type CellsProps = Pick<Props, 'onFree' | 'onTaken'> & { first: string; uses: readonly AddressUse[] };

function Cells({ first, uses, onFree, onTaken }: CellsProps) {
  const { t } = useTranslation();
  const line = useMatches(NARROW) ? NARROW_LINE : WIDE_LINE;
  const [cursor, setCursor] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const press = (at: number) => {
    const use = uses[at];
    setCursor(at);
    if (use === 'FREE') onFree?.(addressAt(first, at));
    else if (use === 'ALLOCATED' || use === 'HELD' || use === 'QUARANTINE') onTaken(addressAt(first, at));
  };
  const walk = (event: KeyboardEvent) => {
    const to = stepOf(event.key, cursor, uses.length, line);
    if (to === null) return;
    event.preventDefault();
    setCursor(to);
    grid.current?.querySelector<HTMLElement>(`[data-at="${to}"]`)?.focus();
  };
  const lines = Array.from({ length: Math.ceil(uses.length / line) }, (_, at) => at * line);
  return (
    <>
      <p className="jy-quiet-text">{t(onFree ? 'network.mapText' : 'network.mapTextLook')}</p>
      <div
        ref={grid}
        className="jy-address-map"
        role="grid"
        aria-label={t('network.mapOf', { first, last: addressAt(first, uses.length - 1) })}
        onKeyDown={walk}
      >
        {lines.map((start) => (
          <div key={start} role="row">
            <span role="rowheader" className="jy-address-line">
              {addressAt(first, start)}
            </span>
            {uses.slice(start, start + line).map((use, offset) => {
              const at = start + offset;
              const address = addressAt(first, at);
              return (
                <button
                  key={address}
                  type="button"
                  role="gridcell"
                  className="jy-address-cell"
                  data-at={at}
                  data-use={use}
                  tabIndex={at === cursor ? 0 : -1}
                  title={`${address} ${t(`network.use.${use}`)}`}
                  aria-label={`${address} ${t(`network.use.${use}`)}`}
                  onClick={() => press(at)}
                >
                  {SIGNS[use]}
                </button>
              );
            })}
          </div>
        ))}
      </div>
      <ul className="jy-address-legend" aria-label={t('network.legend')}>
        {USES.map((use) => (
          <li key={use}>
            <span className="jy-address-cell" data-use={use} aria-hidden="true">
              {SIGNS[use]}
            </span>
            {t(`network.use.${use}`)}{' '}
            <span className="jy-number jy-quiet-text">{uses.filter((each) => each === use).length}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
