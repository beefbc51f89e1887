import { useTranslation } from 'react-i18next';
import { WideTable } from '../../../ui/WideTable';
import { type Choices, NumberCell, PlaceCells, ToolCells } from './cells';
import { OWN_COLUMNS, OwnCells } from './RowCells';
import { copyOf, KINDS, type WhatIfRow } from './what-if-draft';

type Props = { rows: readonly WhatIfRow[]; choices: Choices; onChange: (rows: WhatIfRow[]) => void };

/** What might come: a table a kind, because each is asked by other things; numbered through all of them. */
export function RowsTable({ rows, choices, onChange }: Props) {
  const { t } = useTranslation();
  const kinds = KINDS.filter((kind) => rows.some((row) => row.kind === kind));
  return (
    <div className="jy-what-if-kinds">
      {kinds.map((kind) => {
        const name = t(`lineKind.${kind}`);
        const placed = kind !== 'SERVICE';
        return (
          <section key={kind}>
            {kinds.length > 1 && <h3 className="jy-what-if-kind">{name}</h3>}
            <WideTable label={name}>
              <table className="jy-small-table jy-what-if" data-kind={kind} aria-label={name}>
                <thead>
                  <tr>
                    <th scope="col">#</th>
                    <th scope="col">{t(`simulator.counted.${kind}`)}</th>
                    {OWN_COLUMNS[kind].map((column) => (
                      <th key={column} scope="col">
                        {t(`simulator.column.${column}`)}
                      </th>
                    ))}
                    {placed && <th scope="col">{t('simulator.column.localMode')}</th>}
                    {placed && <th scope="col">{t('simulator.column.center')}</th>}
                    <th scope="col" aria-label={t('simulator.rowTools')} />
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row, at) => {
                    if (row.kind !== kind) return null;
                    const change = (patch: Partial<WhatIfRow>) =>
                      onChange(rows.map((one) => (one === row ? ({ ...one, ...patch } as WhatIfRow) : one)));
                    return (
                      <tr key={row.key}>
                        <td className="jy-quiet-text jy-number">{at + 1}</td>
                        <NumberCell
                          label={`${t(`simulator.counted.${kind}`)} ${at + 1}`}
                          value={row.count}
                          onChange={(count) => change({ count })}
                        />
                        <OwnCells row={row} at={at} choices={choices} change={change} />
                        {placed && <PlaceCells row={row} at={at} centers={choices.centers} change={change} />}
                        <ToolCells
                          at={at}
                          onCopy={() => onChange([...rows.slice(0, at + 1), copyOf(row), ...rows.slice(at + 1)])}
                          onRemove={rows.length === 1 ? null : () => onChange(rows.filter((one) => one !== row))}
                        />
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </WideTable>
          </section>
        );
      })}
    </div>
  );
}
