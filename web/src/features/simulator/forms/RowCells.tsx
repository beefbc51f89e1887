import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { gibOfMib } from '../../../lib/quantity';
import { type CellsOf, ChoiceCell, type Choices, NumberCell } from './cells';
import {
  ARCHITECTURES,
  LEVELS,
  type MachineRow,
  type ServerRow,
  type ServiceRow,
  type SpaceRow,
  STANDINGS,
  TIERS,
  type WhatIfRow,
  ZONES,
} from './what-if-draft';

/** Heads of a kind's own columns, between how many and where. */
export const OWN_COLUMNS = {
  VM: [
    'vcpu',
    'memoryGib',
    'diskGib',
    'storageTier',
    'architecture',
    'zone',
    'protectionLevel',
    'domesticCpu',
    'accelerator',
    'acceleratorCount',
  ],
  SERVER: ['serverOffer'],
  CABINET: ['standing', 'heightUnits', 'powerW', 'weightKg', 'zone'],
  SERVICE: ['service'],
} as const;

/** No accelerator, as a value that no class has. */
const NONE = '';

export function OwnCells({ row, at, choices, change }: CellsOf<WhatIfRow> & { choices: Choices }) {
  switch (row.kind) {
    case 'VM':
      return <MachineCells row={row} at={at} choices={choices} change={change} />;
    case 'SERVER':
      return <ServerCells row={row} at={at} choices={choices} change={change} />;
    case 'CABINET':
      return <SpaceCells row={row} at={at} change={change} />;
    case 'SERVICE':
      return <ServiceCells row={row} at={at} choices={choices} change={change} />;
  }
}

function MachineCells({ row, at, choices, change }: CellsOf<MachineRow> & { choices: Choices }) {
  const { t } = useTranslation();
  const label = (column: (typeof OWN_COLUMNS)['VM'][number]) => `${t(`simulator.column.${column}`)} ${at + 1}`;
  const classes = [
    ...new Set(
      choices.centers.flatMap(({ pools }) =>
        pools.flatMap(({ capacity }) => capacity.flatMap(({ accelerator }) => accelerator ?? [])),
      ),
    ),
  ];
  return (
    <>
      {(['vcpu', 'memoryGib', 'diskGib'] as const).map((column) => (
        <NumberCell
          key={column}
          label={label(column)}
          value={row[column]}
          decimals={column === 'memoryGib'}
          onChange={(value) => change({ [column]: value })}
        />
      ))}
      <ChoiceCell
        label={label('storageTier')}
        value={row.storageTier}
        options={TIERS.map((value) => ({ value, label: t(`tier.${value}`) }))}
        onChange={(storageTier) => change({ storageTier })}
      />
      <ChoiceCell
        label={label('architecture')}
        value={row.architecture}
        options={ARCHITECTURES.map((value) => ({ value, label: t(`architecture.${value}`) }))}
        onChange={(architecture) => change({ architecture })}
      />
      <ChoiceCell
        label={label('zone')}
        value={row.zone}
        options={ZONES.map((value) => ({ value, label: t(`zone.${value}`) }))}
        onChange={(zone) => change({ zone })}
      />
      <ChoiceCell
        label={label('protectionLevel')}
        value={row.protectionLevel}
        options={LEVELS.map((value) => ({
          value: value as number,
          label: t('request.protectionLevel', { level: value }),
        }))}
        onChange={(protectionLevel) => change({ protectionLevel })}
      />
      <td>
        <Checkbox
          aria-label={label('domesticCpu')}
          checked={row.domesticCpu}
          onChange={(event) => change({ domesticCpu: event.target.checked })}
        />
      </td>
      <ChoiceCell
        label={label('accelerator')}
        value={row.accelerator ?? NONE}
        options={[
          { value: NONE, label: t('simulator.noAccelerator') },
          ...classes.map((value) => ({ value, label: value })),
        ]}
        onChange={(value) =>
          change(value ? { accelerator: value, acceleratorCount: row.acceleratorCount ?? 1 } : { accelerator: null })
        }
      />
      {row.accelerator === null ? (
        <td className="jy-quiet-text">–</td>
      ) : (
        <NumberCell
          label={label('acceleratorCount')}
          value={row.acceleratorCount}
          onChange={(acceleratorCount) => change({ acceleratorCount })}
        />
      )}
    </>
  );
}

function ServerCells({ row, at, choices, change }: CellsOf<ServerRow> & { choices: Choices }) {
  const { t } = useTranslation();
  const options = choices.catalog.serverOffers.map((offer) => ({
    value: offer.id,
    label: [
      offer.name,
      `${offer.cores}C ${gibOfMib(offer.memoryMib)} GiB`,
      offer.accelerator && `${offer.accelerator} × ${offer.acceleratorCount}`,
    ]
      .filter(Boolean)
      .join(' · '),
  }));
  return (
    <ChoiceCell
      label={`${t('simulator.column.serverOffer')} ${at + 1}`}
      value={row.offerId ?? undefined}
      placeholder={t('simulator.chooseOffer')}
      options={options}
      onChange={(offerId) => change({ offerId })}
    />
  );
}

function SpaceCells({ row, at, change }: CellsOf<SpaceRow>) {
  const { t } = useTranslation();
  const label = (column: (typeof OWN_COLUMNS)['CABINET'][number]) => `${t(`simulator.column.${column}`)} ${at + 1}`;
  return (
    <>
      <ChoiceCell
        label={label('standing')}
        value={row.standing}
        options={STANDINGS.map((value) => ({ value, label: t(`simulator.standing.${value}`) }))}
        onChange={(standing) =>
          change(
            standing === 'WHOLE' && (row.heightUnits ?? 0) < WHOLE_UNITS
              ? { standing, heightUnits: WHOLE_UNITS }
              : { standing },
          )
        }
      />
      <NumberCell
        label={label('heightUnits')}
        value={row.heightUnits}
        decimals
        least={0.5}
        onChange={(heightUnits) => change({ heightUnits })}
      />
      {(['powerW', 'weightKg'] as const).map((column) => (
        <NumberCell
          key={column}
          label={label(column)}
          value={row[column]}
          least={0}
          onChange={(value) => change({ [column]: value })}
        />
      ))}
      <ChoiceCell
        label={label('zone')}
        value={row.zone}
        options={ZONES.map((value) => ({ value, label: t(`zone.${value}`) }))}
        onChange={(zone) => change({ zone })}
      />
    </>
  );
}

/** The usual frame. */
const WHOLE_UNITS = 42;

function ServiceCells({ row, at, choices, change }: CellsOf<ServiceRow> & { choices: Choices }) {
  const { t } = useTranslation();
  return (
    <ChoiceCell
      label={`${t('simulator.column.service')} ${at + 1}`}
      value={row.offerId ?? undefined}
      placeholder={t('simulator.chooseService')}
      options={choices.catalog.services.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(offerId) => change({ offerId })}
    />
  );
}
