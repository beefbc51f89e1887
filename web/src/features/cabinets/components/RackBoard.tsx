import { CloseOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { unitRange } from '../../../lib/quantity';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { SearchFilter } from '../../../ui/FilterBar';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { useMay } from '../../../ui/viewer-context';
import { MoveHoldersMutation } from '../cabinets.gql';
import { Elevation, type Selection } from '../elevation/Elevation';
import { REGULAR, type Side, unitsOn } from '../elevation/layout';
import { RackPatterns } from '../elevation/RackFace';
import { useHolderWords } from '../elevation/use-holder-words';
import { type Moving, type SendMove, useMoving } from '../elevation/use-moving';
import type { BoardCabinet, BoardHolder } from './board-types';
import { RackLegend } from './RackLegend';

const spec = { find: urlText() };

export type BoardFace = { cabinetId: string; side: Side; title: string };

type Props = {
  cabinets: readonly BoardCabinet[];
  /** From left to right, as they are drawn. */
  faces: readonly BoardFace[];
  compact?: boolean;
  /** A look into the past. */
  readOnly?: boolean;
  /** Stand beside the search: the switch of sides, a link. */
  tools?: ReactNode;
  /** Beside the pictures: figures, and what is chosen. */
  aside: (selection: Selection<BoardHolder> | null, moving: Moving<BoardHolder>) => ReactNode;
  /** Under the pictures. */
  children?: ReactNode;
};

/** Elevations side by side: search, selection, and moving by hand among them. */
export function RackBoard({ cabinets, faces, compact, readOnly = false, tools, aside, children }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const notice = useNotice();
  const moves = !readOnly && may('CABINET', 'EDIT');
  const words = useHolderWords();
  const [{ find }, setFind] = useUrlState(spec);
  const [selection, setSelection] = useState<Selection<BoardHolder> | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [entered, setEntered] = useState<{ face: number; unit: number; number: number } | null>(null);
  const { send } = useSend(MoveHoldersMutation, (data) => data.moveHolders.errors);

  const sendMove = useCallback<SendMove<BoardHolder>>(
    async (holder, { cabinetId, startUnit, face }) => {
      setRefusal(null);
      const refused = await send({
        moves: [{ holderId: holder.id, expectedVersion: holder.version, cabinetId, startUnit, face }],
      });
      const said = refused.map(({ message }) => message).join(' ');
      if (refused.length > 0) setRefusal(t('cabinet.moveRefused', { name: holder.label ?? '', reason: said }));
      else notice(t('cabinet.moved', { name: holder.label ?? '' }));
      return refused.length === 0;
    },
    [send, t, notice],
  );
  const moving = useMoving(cabinets, sendMove);
  const { lift } = moving;

  const text = find.trim().toLowerCase();
  const matches = useMemo(
    () =>
      text === ''
        ? null
        : (holder: BoardHolder) =>
            [
              holder.label,
              holder.reason,
              holder.department?.name,
              holder.kind && t(`cabinet.kind.${holder.kind}`),
            ].some((part) => part?.toLowerCase().includes(text)),
    [text, t],
  );
  const found = matches ? moving.cabinets.flatMap(({ holders }) => holders).filter(matches).length : 0;

  const leave = (from: number, step: 1 | -1, unit: number) => {
    const face = from + step;
    if (faces[face]) setEntered((now) => ({ face, unit, number: (now?.number ?? 0) + 1 }));
  };
  const target = lift && moving.cabinets.find(({ id }) => id === lift.target.cabinetId);
  // What is selected may have moved or gone meanwhile, and a free unit may have been taken: always what the latest answer says.
  const current = selection && currentOf(moving.cabinets, selection);

  return (
    <div className="jy-board">
      <RackPatterns />
      <div>
        <div className="jy-board-tools">
          <SearchFilter
            label={t('cabinet.find')}
            placeholder={t('cabinet.findPlaceholder')}
            value={find}
            onChange={(value) => setFind({ find: value })}
          />
          {matches && <span role="status">{t('cabinet.found', { found })}</span>}
          {tools}
        </div>
        {refusal && (
          <div className="jy-rack-refusal" role="alert">
            <ExclamationCircleOutlined aria-hidden />
            <span>{refusal}</span>
            <Button
              type="text"
              size="small"
              aria-label={t('common.close')}
              icon={<CloseOutlined aria-hidden />}
              onClick={() => setRefusal(null)}
            />
          </div>
        )}
        <p className="jy-rack-status jy-quiet-text" role="status" aria-live="assertive">
          {lift && target
            ? t(lift.obstacles.length > 0 ? 'cabinet.carryBlocked' : 'cabinet.carry', {
                name: lift.holder.label ?? '',
                cabinet: target.code,
                units: unitRange(lift.target.startUnit, lift.holder.heightUnits),
                face: t(`cabinet.face.${lift.target.face}`),
                others: lift.obstacles.map((other) => words.name(other)).join(t('common.comma')),
              })
            : moves
              ? t('cabinet.moveHint')
              : ''}
        </p>
        <div className={compact ? 'jy-racks jy-racks-compact' : 'jy-racks'}>
          {faces.map(({ cabinetId, side, title }, index) => {
            const cabinet = moving.cabinets.find(({ id }) => id === cabinetId);
            return (
              cabinet && (
                <Elevation
                  key={`${cabinetId}${side}`}
                  cabinet={cabinet}
                  side={side}
                  compact={compact}
                  title={title}
                  moving={moving}
                  mayMove={moves}
                  selected={selection}
                  onSelect={setSelection}
                  matches={matches}
                  onLeave={(step, unit) => leave(index, step, unit)}
                  entered={entered?.face === index ? entered : null}
                />
              )
            );
          })}
        </div>
        {children}
        <RackLegend />
      </div>
      <div className="jy-board-side">{aside(selection && { ...selection, holder: current }, moving)}</div>
    </div>
  );
}

function currentOf(
  cabinets: Moving<BoardHolder>['cabinets'],
  { cabinetId, side, unit, holder }: Selection<BoardHolder>,
): BoardHolder | null {
  const same = holder && cabinets.flatMap(({ holders }) => holders).find(({ id }) => id === holder.id);
  if (same) return same;
  // It is gone from here, or was never there: whatever stands there now.
  const cabinet = cabinets.find(({ id }) => id === cabinetId);
  if (!cabinet) return null;
  return unitsOn(cabinet, cabinet.holders, side, REGULAR).find((one) => one.unit === unit)?.holders[0] ?? null;
}
