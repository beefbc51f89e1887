import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../lib/quantity';
import { barParts, type CenterFacts, type Meter, meterOf, tellsFigures } from './capacity';
import { fitText } from './fit-text';
import type { PlacedCenter } from './layout';
import { useCenterSentence } from './use-center-sentence';

type Props = {
  placed: PlacedCenter<CenterFacts>;
  hatch: string;
  /** null = the picture plans nothing; no line = nothing here. */
  planned: readonly string[] | null;
  compact: boolean;
  selected: boolean;
  onSelect?: () => void;
};

const EDGE = 14;

export function CenterBox({ placed, hatch, planned, compact, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const { center, slot, letter, box } = placed;
  const sentence = useCenterSentence(center, letter, planned);
  const reach = center.cluster?.reach ?? 'UNKNOWN';
  const inner = box.width - 2 * EDGE;
  const right = box.width - EDGE;
  const memory = meterOf(center.pools, 'MEMORY_MIB');
  const gib = (meter: Meter): Meter => ({
    total: meter.total / 1024,
    held: meter.held / 1024,
    allocated: meter.allocated / 1024,
    free: meter.free / 1024,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onSelect?.();
  };
  return (
    <g
      className={`jy-center jy-center-${slot % 6}`}
      transform={`translate(${box.x} ${box.y})`}
      data-selected={selected}
      data-pressable={Boolean(onSelect)}
    >
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a drawing without anything to focus. */}
      <g aria-hidden="true">
        <rect className="jy-center-ground" x="0.5" y="0.5" width={box.width - 1} height={box.height - 1} rx="4" />
        <path
          className="jy-center-colour"
          d={`M0 4 a4 4 0 0 1 4 -4 h${box.width - 8} a4 4 0 0 1 4 4 v0 h${-box.width} z`}
        />
        <rect className="jy-center-colour" x={EDGE} y="16" width="24" height="24" rx="4" />
        <text className="jy-center-letter" x={EDGE + 12} y="33" textAnchor="middle">
          {letter}
        </text>
        <text className="jy-center-name" x={EDGE + 34} y="27">
          {fitText(center.name, inner - 34, 14)}
        </text>
        <text className="jy-center-note" x={EDGE + 34} y="44">
          {fitText(`${t(`center.role.${center.role}`)} · ${t(`center.life.${center.life}`)}`, inner - 34 - 76, 12)}
        </text>
        <g className={`jy-reach jy-reach-${reach.toLowerCase()}`} transform={`translate(${right} 44)`}>
          <text textAnchor="end">{`${reachMark[reach]} ${t(`center.reach.${reach}`)}`}</text>
        </g>
        {compact ? null : tellsFigures(center.pools) ? (
          <>
            <CapacityBar y={64} inner={inner} name="vCPU" unit="" meter={meterOf(center.pools, 'VCPU')} hatch={hatch} />
            <CapacityBar
              y={114}
              inner={inner}
              name={t('center.memory')}
              unit=" GiB"
              meter={gib(memory)}
              hatch={hatch}
            />
          </>
        ) : (
          <text className="jy-center-note" x={EDGE} y="84">
            {fitText(t('center.noFigures'), inner, 12)}
          </text>
        )}
        {planned && <PlannedHere lines={planned} bottom={box.height} inner={inner} />}
      </g>
      {/* SVG has no button: the drawing is hidden from readers, and this carries its sentence, focus and press. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its role is button whenever it can be pressed. */}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: aria-pressed goes with the button only. */}
      <rect
        className="jy-center-touch"
        width={box.width}
        height={box.height}
        rx="4"
        role={onSelect ? 'button' : 'img'}
        tabIndex={0}
        aria-label={sentence}
        aria-pressed={onSelect ? selected : undefined}
        onClick={onSelect}
        onKeyDown={onSelect ? onKeyDown : undefined}
      >
        <title>{center.name}</title>
      </rect>
    </g>
  );
}

const LINE = 20;
const FOOT = 14;

/** What a request puts here, at the foot of the box. */
function PlannedHere({ lines, bottom, inner }: { lines: readonly string[]; bottom: number; inner: number }) {
  const { t } = useTranslation();
  const shown = lines.length > 0 ? lines : [t('center.plannedNone')];
  return (
    <text className="jy-center-planned" data-none={lines.length === 0}>
      {shown.map((line, index) => (
        <tspan key={line} x={EDGE} y={bottom - FOOT - (shown.length - 1 - index) * LINE}>
          {fitText(line, inner, 13)}
        </tspan>
      ))}
    </text>
  );
}

/** A mark beside the word, so that reach is not said by colour alone. */
const reachMark = { REACHABLE: '●', STALE: '◐', UNREACHABLE: '✕', UNKNOWN: '○' } as const;

type BarProps = { y: number; inner: number; name: string; unit: string; meter: Meter; hatch: string };

function CapacityBar({ y, inner, name, unit, meter, hatch }: BarProps) {
  const { t } = useTranslation();
  const { used, held } = barParts(meter, inner);
  return (
    <g transform={`translate(${EDGE} ${y})`}>
      <text className="jy-bar-name" x="0" y="8">
        {name}
      </text>
      <text className="jy-bar-free" x={inner} y="8" textAnchor="end">
        {t('center.free', { free: count(meter.free), unit })}
      </text>
      <rect className="jy-bar-track" x="0" y="14" width={inner} height="8" rx="2" />
      <rect className="jy-center-colour" x="0" y="14" width={used} height="8" rx="2" />
      <rect fill={hatch} x={used} y="14" width={held} height="8" />
      <text className="jy-bar-note" x="0" y="36">
        {fitText(
          t('center.usedHeldTotal', {
            used: count(meter.allocated),
            held: count(meter.held),
            total: count(meter.total),
          }),
          inner,
          12,
        )}
      </text>
    </g>
  );
}
