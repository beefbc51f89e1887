// biome-ignore-all lint/a11y/useSemanticElements: a grid over a picture: no table can be laid on it line by line.
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isMovable, type RackCabinet, type RackHolder, type Target } from './arrangement';
import { COMPACT, isOn, layoutOf, type Measure, placeAt, REGULAR, type Side, unitsOn } from './layout';
import { RackFace } from './RackFace';
import { useHolderWords } from './use-holder-words';
import type { Moving } from './use-moving';

/** Units that Page Up and Page Down go. */
const PAGE = 10;
/** Of a press that is not yet a drag, in px. */
const DRAG_BEGINS = 4;

export type Selection<H extends RackHolder> = { cabinetId: string; side: Side; unit: number; holder: H | null };

type Props<H extends RackHolder> = {
  cabinet: RackCabinet<H>;
  side: Side;
  /** In a row: narrower and lower. */
  compact?: boolean;
  title: string;
  moving: Moving<H>;
  mayMove: boolean;
  selected: Selection<H> | null;
  onSelect: (selection: Selection<H>) => void;
  /** null = nothing is looked for; else what does not match is greyed. */
  matches: ((holder: H) => boolean) | null;
  /** Left or right without anything in hand: the other side, or the neighbour. */
  onLeave: (step: 1 | -1, unit: number) => void;
  /** The focus comes from there; a new number each time. */
  entered?: { unit: number; number: number } | null;
};

/**
 * One face of one cabinet: a picture, and over it a grid with one line a unit, which a screen reader and the arrow keys
 * walk through. Picture and grid are of the same layout.
 */
export function Elevation<H extends RackHolder>(props: Props<H>) {
  const { cabinet, side, compact, title, moving, mayMove, selected, onSelect, matches, onLeave, entered } = props;
  const { t } = useTranslation();
  const words = useHolderWords();
  const measure: Measure = compact ? COMPACT : REGULAR;
  const layout = layoutOf(cabinet, cabinet.holders, side, measure);
  const units = unitsOn(cabinet, cabinet.holders, side, measure);
  const { lift, landing } = moving;
  const [cursor, setCursor] = useState(units[0]?.unit ?? cabinet.startingUnit);
  const grid = useRef<HTMLDivElement>(null);
  const press = useRef<{
    x: number;
    y: number;
    grip: number;
    holder: H | null;
    unit: number;
    dragging: boolean;
  } | null>(null);

  const focus = (unit: number) => {
    setCursor(unit);
    grid.current?.querySelector<HTMLElement>(`[data-unit="${unit}"]`)?.focus();
  };
  const lands = landing?.cabinetId === cabinet.id && landing.side === side ? landing : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each landing has its own number and is one move of the focus.
  useEffect(() => {
    if (lands) focus(lands.unit);
  }, [lands?.number]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: likewise.
  useEffect(() => {
    if (entered) focus(entered.unit);
  }, [entered?.number]);

  const select = (unit: number, holder: H | null) => onSelect({ cabinetId: cabinet.id, side, unit, holder });
  const at = units.findIndex(({ unit }) => unit === cursor);

  /** While something is carried. */
  const carry = (key: string, fine: boolean): boolean => {
    switch (key) {
      case 'ArrowUp':
        moving.up(fine);
        return true;
      case 'ArrowDown':
        moving.down(fine);
        return true;
      case 'ArrowLeft':
      case 'ArrowRight': {
        const right = key === 'ArrowRight';
        if (compact) moving.aside(right ? 1 : -1);
        else moving.toSide(right ? 'REAR' : 'FRONT');
        return true;
      }
      case 'Enter':
      case ' ':
        moving.drop();
        return true;
      case 'Escape':
        moving.cancel();
        return true;
      default:
        return false;
    }
  };
  /** Lines to go by a key; null = not a way. */
  const way = (key: string): number | null => {
    switch (key) {
      case 'ArrowUp':
        return -1;
      case 'ArrowDown':
        return 1;
      case 'PageUp':
        return -PAGE;
      case 'PageDown':
        return PAGE;
      case 'Home':
        return -units.length;
      case 'End':
        return units.length;
      default:
        return null;
    }
  };
  const walk = (key: string): boolean => {
    const lines = way(key);
    if (lines !== null) {
      const next = units[Math.min(units.length - 1, Math.max(0, at + lines))];
      if (next) focus(next.unit);
    } else if (key === 'ArrowLeft' || key === 'ArrowRight') onLeave(key === 'ArrowLeft' ? -1 : 1, cursor);
    else if (key === 'Enter' || key === ' ') pickUp(units[at]?.holders[0] ?? null);
    else return false;
    return true;
  };
  const keys = (event: KeyboardEvent) => {
    if (!(lift ? carry(event.key, event.shiftKey) : walk(event.key))) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const pickUp = (holder: H | null) => {
    select(cursor, holder);
    if (holder && mayMove && isMovable(holder)) moving.pickUp(holder, cabinet.id);
  };

  /** Where a pointer is over any elevation of the page, not only over this one. */
  const targetUnder = (event: PointerEvent, holder: H, grip: number): Target | null => {
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-rack]');
    const over = moving.cabinets.find(({ id }) => id === under?.dataset.rack);
    if (!under || !over || over.heightUnits < holder.heightUnits) return null;
    const top = event.clientY - under.getBoundingClientRect().top - grip;
    const startUnit = placeAt(over, top, holder.heightUnits, measure);
    const face = holder.face === 'BOTH' ? 'BOTH' : under.dataset.side === 'REAR' ? 'REAR' : 'FRONT';
    return { cabinetId: over.id, startUnit, face };
  };
  const pressed = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
    const box = layout.boxes.find((candidate) => candidate.y <= y && y < candidate.y + candidate.height);
    const holder = cabinet.holders.find(({ id }) => id === box?.id) ?? null;
    const unit = units.findLast((candidate) => candidate.y <= y)?.unit ?? cursor;
    press.current = { x: event.clientX, y: event.clientY, grip: y - (box?.y ?? y), holder, unit, dragging: false };
    setCursor(unit);
    select(unit, holder);
  };
  const moved = (event: PointerEvent<HTMLDivElement>) => {
    const now = press.current;
    // A finger scrolls; it moves things by the dialog.
    if (!now?.holder || !mayMove || event.pointerType === 'touch') return;
    if (!now.dragging) {
      if (Math.hypot(event.clientX - now.x, event.clientY - now.y) < DRAG_BEGINS || !isMovable(now.holder)) return;
      now.dragging = true;
      event.currentTarget.setPointerCapture(event.pointerId);
      moving.pickUp(now.holder, cabinet.id);
    }
    const target = targetUnder(event, now.holder, now.grip);
    if (target) moving.to(target);
  };
  const released = () => {
    if (press.current?.dragging) moving.drop();
    press.current = null;
  };
  const lost = () => {
    if (press.current?.dragging) moving.cancel();
    press.current = null;
  };

  const ghost =
    lift && lift.target.cabinetId === cabinet.id && isOn(lift.target.face, side)
      ? {
          layout: layoutOf(
            cabinet,
            [{ ...lift.holder, startUnit: lift.target.startUnit, face: lift.target.face }],
            side,
            measure,
          ),
          holder: lift.holder,
          fits: lift.obstacles.length === 0,
        }
      : null;

  return (
    <figure className="jy-elevation" data-compact={compact}>
      <figcaption>{title}</figcaption>
      <div className="jy-elevation-body" data-rack={cabinet.id} data-side={side}>
        <RackFace
          frame={cabinet}
          holders={cabinet.holders}
          layout={layout}
          measure={measure}
          side={side}
          selectedId={selected?.cabinetId === cabinet.id ? (selected.holder?.id ?? null) : null}
          liftedId={lift?.holder.id ?? null}
          ghost={ghost}
          matches={matches}
        />
        <div
          ref={grid}
          role="grid"
          aria-label={t('cabinet.gridLabel', { code: cabinet.code, side: t(`cabinet.face.${side}`) })}
          aria-readonly={!mayMove}
          className="jy-elevation-grid"
          data-lifting={lift !== null}
          onKeyDown={keys}
          onPointerDown={pressed}
          onPointerMove={moved}
          onPointerUp={released}
          onPointerCancel={lost}
        >
          {units.map(({ unit, y, holders }) => (
            <div key={unit} role="row" style={{ top: y, height: measure.unit }} tabIndex={-1}>
              <div
                role="gridcell"
                tabIndex={unit === cursor ? 0 : -1}
                data-unit={unit}
                aria-selected={selected?.cabinetId === cabinet.id && selected.side === side && selected.unit === unit}
                aria-label={`U${unit} ${
                  holders.length > 0
                    ? holders.map((holder) => words.inShort(holder)).join(t('common.comma'))
                    : t('cabinet.free')
                }`}
                onFocus={() => {
                  if (unit !== cursor) setCursor(unit);
                  if (!lift && !press.current) select(unit, holders[0] ?? null);
                }}
              />
            </div>
          ))}
        </div>
      </div>
    </figure>
  );
}
