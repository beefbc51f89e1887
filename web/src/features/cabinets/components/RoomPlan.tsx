// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: text of an SVG takes no focus.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { routes } from '../../../lib/routes';
import { fitText } from '../../../ui/three-centers/fit-text';
import { lettersOf, type PlanCabinet, type PlanMetric, tileOf } from '../elevation/plan';
import { useCabinetWords } from './use-cabinet-words';

/** A floor tile is 600 mm; as a picture it has room for a code and a figure. */
const TILE = 46;
/** Where the codes of the rows stand. */
const MARGIN = 40;

/** Words of the steps, from nothing left to plenty. */
const STEPS = ['none', 'few', 'some', 'many', 'plenty'] as const;

export type PlanRoom = {
  name: string;
  widthTiles: number;
  depthTiles: number;
  rows: readonly { id: string; code: string; planX: number; planY: number; orientation: 'ACROSS' | 'DOWN' }[];
};

type Props = {
  room: PlanRoom;
  cabinets: readonly (PlanCabinet & { status: 'PLANNED' | 'IN_SERVICE' | 'CLOSED' | 'RETIRED' })[];
  metric: PlanMetric;
  /** null = nothing is looked for. */
  matches: ((cabinet: PlanCabinet) => boolean) | null;
};

/** The room from above, a link for each cabinet. The figure stands in the tile; its colour only finds it faster. */
export function RoomPlan({ room, cabinets, metric, matches }: Props) {
  const { t } = useTranslation();
  const words = useCabinetWords();
  const letters = lettersOf(cabinets);
  const width = MARGIN + room.widthTiles * TILE;
  const height = MARGIN + room.depthTiles * TILE;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
    <section className="jy-plan-box" aria-label={t('room.plan', { name: room.name })} tabIndex={0}>
      <svg className="jy-plan" width={width + 1} height={height + 1} viewBox={`0 0 ${width + 1} ${height + 1}`}>
        <title>{t('room.plan', { name: room.name })}</title>
        <rect className="jy-plan-floor" x={MARGIN} y={MARGIN} width={width - MARGIN} height={height - MARGIN} />
        <g>
          {Array.from({ length: room.widthTiles - 1 }, (_, index) => MARGIN + (index + 1) * TILE).map((x) => (
            <line key={`x${x}`} className="jy-plan-grid" x1={x} x2={x} y1={MARGIN} y2={height} />
          ))}
          {Array.from({ length: room.depthTiles - 1 }, (_, index) => MARGIN + (index + 1) * TILE).map((y) => (
            <line key={`y${y}`} className="jy-plan-grid" x1={MARGIN} x2={width} y1={y} y2={y} />
          ))}
          {room.rows.map((row) => {
            const across = row.orientation === 'ACROSS';
            return (
              <text
                key={row.id}
                className="jy-plan-row"
                x={across ? MARGIN - 8 : MARGIN + (row.planX + 0.5) * TILE}
                y={across ? MARGIN + (row.planY + 0.5) * TILE : MARGIN - 12}
                textAnchor={across ? 'end' : 'middle'}
                dominantBaseline="central"
              >
                {row.code}
              </text>
            );
          })}
        </g>
        {cabinets.map((cabinet) => {
          const tile = tileOf(cabinet, metric, letters);
          const x = MARGIN + cabinet.planX * TILE;
          const y = MARGIN + cabinet.planY * TILE;
          return (
            <Link
              key={cabinet.id}
              to={routes.cabinet(cabinet.id)}
              className="jy-tile"
              data-status={cabinet.status}
              data-whole={metric === 'department' && cabinet.department !== null}
              data-found={matches ? matches(cabinet) : undefined}
            >
              {/* Its name; the short texts in the tile say the same again and are for the eye. */}
              <title>{words.ofTile(cabinet)}</title>
              <rect x={x + 1.5} y={y + 1.5} width={TILE - 3} height={TILE - 3} rx={3} fill={tile.fill} />
              <text
                aria-hidden="true"
                x={x + TILE / 2}
                y={y + 13}
                fontSize={10}
                textAnchor="middle"
                dominantBaseline="central"
              >
                {fitText(cabinet.code.slice(-6), TILE - 4, 10)}
              </text>
              <text
                aria-hidden="true"
                x={x + TILE / 2}
                y={y + 27}
                fontSize={13}
                fontWeight={600}
                textAnchor="middle"
                dominantBaseline="central"
              >
                {tile.text}
              </text>
              {tile.share !== null && (
                <>
                  <rect className="jy-tile-bar-ground" x={x + 5} y={y + TILE - 9} width={TILE - 10} height={4} />
                  <rect
                    className="jy-tile-bar"
                    x={x + 5}
                    y={y + TILE - 9}
                    width={(TILE - 10) * Math.min(1, Math.max(0, tile.share))}
                    height={4}
                  />
                </>
              )}
            </Link>
          );
        })}
      </svg>
    </section>
  );
}

/** What the colours and letters say. */
export function PlanLegend({ cabinets, metric }: { cabinets: readonly PlanCabinet[]; metric: PlanMetric }) {
  const { t } = useTranslation();
  return (
    <ul className="jy-rack-legend" aria-label={t('room.legend')}>
      {metric === 'department' ? (
        <>
          {[...lettersOf(cabinets).values()].map(({ letter, name, tint }) => (
            <li key={letter}>
              <span className="jy-swatch" style={{ background: `var(--tint-${tint})` }}>
                {letter}
              </span>
              {name}
            </li>
          ))}
          <li>
            <span className="jy-swatch">·</span>
            {t('space.nobody')}
          </li>
          <li>{t('space.wholeCabinet')}</li>
        </>
      ) : (
        STEPS.map((word, step) => (
          <li key={word}>
            <span className="jy-swatch" style={{ background: `var(--step-${step})` }} aria-hidden="true" />
            {metric === 'units' ? t(`room.unitsStep.${word}`) : t(`room.powerStep.${word}`)}
          </li>
        ))
      )}
    </ul>
  );
}
