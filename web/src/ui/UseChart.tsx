import { trendPieces } from './trend';

type Line = { values: readonly (number | null)[]; main: boolean };
type Props = {
  title: string;
  /** What the newest day says, beside the title. */
  aside: string;
  /** Percents by day, the oldest first; null = that day was not seen. */
  lines: readonly Line[];
  /** Of the first and the last day. */
  ends: readonly [string, string];
  /** Says in words what the lines show. */
  label: string;
};

const BOX = { width: 640, height: 96, edge: 2 };
const LEVELS = [0, 50, 100];

/** Shares of a whole over many days: p95 as a line, the mean quietly below it. A gap stays one. */
export function UseChart({ title, aside, lines, ends, label }: Props) {
  return (
    <figure className="jy-use-chart">
      <figcaption>
        <span>{title}</span>
        <span className="jy-number">{aside}</span>
      </figcaption>
      <svg role="img" aria-label={label} viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none">
        <title>{label}</title>
        {LEVELS.map((level) => {
          const y = BOX.height - BOX.edge - (level / 100) * (BOX.height - 2 * BOX.edge);
          return <line key={level} className="jy-use-level" x1={0} x2={BOX.width} y1={y} y2={y} />;
        })}
        {lines.map(({ values, main }) =>
          trendPieces(values, BOX, 0, 100).map((piece) => (
            <polyline
              key={`${main} ${piece[0]?.x}`}
              className={main ? 'jy-use-line' : 'jy-use-line jy-use-mean'}
              // A day alone is a short stroke: nothing would be seen of a point.
              points={(piece.length > 1
                ? piece
                : piece.flatMap(({ x, y }) => [
                    { x: x - 2, y },
                    { x: x + 2, y },
                  ])
              )
                .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
                .join(' ')}
            />
          )),
        )}
      </svg>
      <div className="jy-use-ends jy-number">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </div>
    </figure>
  );
}
