import { fitText } from '../../../ui/three-centers/fit-text';
import type { RackHolder } from './arrangement';
import { type Box, CAP, type Frame, type Layout, type Measure, type Side } from './layout';
import { useHolderWords } from './use-holder-words';

/** Text on a thing of half a unit must still be read. */
const SMALLEST_TEXT = 9;
const LARGEST_TEXT = 12;
/** In a row there is room for the name or for the mark of full depth. */
const NARROW = 160;

type Ghost<H> = { layout: Layout; holder: H; fits: boolean };
type Props<H extends RackHolder> = {
  frame: Frame;
  holders: readonly H[];
  layout: Layout;
  measure: Measure;
  side: Side;
  selectedId: string | null;
  liftedId: string | null;
  ghost: Ghost<H> | null;
  matches: ((holder: H) => boolean) | null;
};

/** The picture alone. State is a pattern and a border before it is a colour: it must survive a grey printer. */
export function RackFace<H extends RackHolder>(props: Props<H>) {
  const { frame, holders, layout, measure, side, selectedId, liftedId, ghost, matches } = props;
  const byId = new Map(holders.map((holder) => [holder.id, holder]));
  const { rail, inner, unit } = measure;
  const height = frame.heightUnits * unit;
  return (
    <svg
      className="jy-rack"
      width={layout.width}
      height={layout.height}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      aria-hidden="true"
    >
      <rect className="jy-rack-frame" x={0.5} y={0.5} width={layout.width - 1} height={layout.height - 1} rx={4} />
      <rect className="jy-rack-rail" x={rail - 6} y={CAP} width={6} height={height} />
      <rect className="jy-rack-rail" x={rail + inner} y={CAP} width={6} height={height} />
      <rect className="jy-rack-inner" x={rail} y={CAP} width={inner} height={height} />
      {layout.marks.map((mark) => (
        <g key={mark.unit}>
          <line className="jy-rack-line" x1={rail} x2={rail + inner} y1={mark.y + unit / 2} y2={mark.y + unit / 2} />
          {[-unit / 3, 0, unit / 3].map((hole) => (
            <g key={hole}>
              <rect className="jy-rack-hole" x={rail - 4} y={mark.y + hole - 1} width={2} height={2} />
              <rect className="jy-rack-hole" x={rail + inner + 2} y={mark.y + hole - 1} width={2} height={2} />
            </g>
          ))}
          <text
            className="jy-rack-number"
            x={rail - 9}
            y={mark.y}
            fontSize={unit >= 20 ? 11 : 9.5}
            textAnchor="end"
            dominantBaseline="central"
          >
            {mark.unit}
          </text>
        </g>
      ))}
      {layout.boxes.map((box) => {
        const holder = byId.get(box.id);
        if (!holder) return null;
        return (
          <Thing
            key={box.id}
            box={box}
            holder={holder}
            side={side}
            selected={box.id === selectedId}
            lifted={box.id === liftedId}
            found={matches ? matches(holder) : null}
          />
        );
      })}
      {ghost?.layout.boxes.map((box) => (
        <g key="ghost" className="jy-ghost" data-fits={ghost.fits}>
          <rect x={box.x + 1.5} y={box.y + 1.5} width={box.width - 3} height={box.height - 3} rx={3} />
          <text x={box.x + box.width / 2} y={box.y + box.height / 2} textAnchor="middle" dominantBaseline="central">
            {ghost.fits ? '✓' : '✕'}
          </text>
        </g>
      ))}
    </svg>
  );
}

type ThingProps = {
  box: Box;
  holder: RackHolder;
  side: Side;
  selected: boolean;
  lifted: boolean;
  /** null = nothing is looked for. */
  found: boolean | null;
};

function Thing({ box, holder, side, selected, lifted, found }: ThingProps) {
  const words = useHolderWords();
  const state = holder.foreign && holder.state === 'OCCUPIED' ? 'FOREIGN' : holder.state;
  const size = Math.max(SMALLEST_TEXT, Math.min(LARGEST_TEXT, box.height - 5));
  const middle = box.y + box.height / 2;
  const deep = holder.face === 'BOTH' && box.width > NARROW;
  const tag = `${deep ? '↔ ' : ''}${holder.heightUnits}U`;
  // A tall one has room for two lines, and then its name for the whole width.
  const twoLines = box.height >= 2.6 * LARGEST_TEXT;
  const nameWidth = box.width - 16 - (twoLines ? 0 : tag.length * size * 0.6 + 6);
  const tagAt = twoLines ? { x: box.x + 11, y: middle + 8 } : { x: box.x + box.width - 6, y: middle };
  const inner = { x: box.x + 1, y: box.y + 0.5, width: box.width - 2, height: box.height - 1, rx: 2 };
  const pattern = state === 'HELD' ? 'held' : state === 'BLOCKED' ? 'blocked' : null;
  return (
    <g
      className="jy-unit"
      data-holder={holder.id}
      data-state={state}
      data-selected={selected}
      data-lifted={lifted}
      data-found={found ?? undefined}
      data-side={side}
    >
      <rect className="jy-unit-ground" {...inner} />
      {pattern && <rect className="jy-unit-pattern" {...inner} fill={`url(#jy-${pattern})`} />}
      <rect className="jy-unit-edge" {...inner} />
      {!pattern && <rect className="jy-unit-bar" x={inner.x} y={inner.y} width={4} height={inner.height} rx={2} />}
      <text
        className="jy-unit-name"
        x={box.x + 11}
        y={twoLines ? middle - 8 : middle}
        fontSize={size}
        dominantBaseline="central"
      >
        {fitText(words.name(holder), nameWidth, size)}
      </text>
      <text
        className="jy-unit-height"
        {...tagAt}
        fontSize={Math.max(SMALLEST_TEXT, size - 1)}
        textAnchor={twoLines ? 'start' : 'end'}
        dominantBaseline="central"
      >
        {tag}
      </text>
    </g>
  );
}

/** Once on a page that draws cabinets: the patterns of held and blocked. */
export function RackPatterns() {
  return (
    <svg width={0} height={0} className="jy-rack-patterns" aria-hidden="true">
      <defs>
        <pattern id="jy-held" width={8} height={8} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1={0} x2={0} y1={0} y2={8} />
        </pattern>
        <pattern id="jy-blocked" width={8} height={8} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V8M0 0H8" />
        </pattern>
      </defs>
    </svg>
  );
}
