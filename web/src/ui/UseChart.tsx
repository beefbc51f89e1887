import { trendPieces } from './trend';

/** One day's shares, in percent. */
export type UsePoint = {
  p95: number;
  mean: number;
  /** The day in words, shown where one points at it. */
  tip: string;
};

type Props = {
  title: string;
  /** What the newest day says, beside the title. */
  aside: string;
  /** The oldest first; null = that day was not seen. */
  days: readonly (UsePoint | null)[];
  /** Of the first and the last day. */
  ends: readonly [string, string];
  /** Says in words what the lines show. */
  label: string;
};

const BOX = { width: 640, height: 96, edge: 2 };
const LEVELS = [0, 50, 100];

/** Shares of a whole over many days: p95 as a line, the mean quietly below it. A gap stays one. */
export function UseChart({ title, aside, days, ends, label }: Props) {
  const lines = [
    { name: 'jy-use-line jy-use-mean', values: days.map((day) => day?.mean ?? null) },
    { name: 'jy-use-line', values: days.map((day) => day?.p95 ?? null) },
  ];
  const width = BOX.width / Math.max(1, days.length);
  return (
    <figure className="jy-use-chart">
      <figcaption>
        <span>{title}</span>
        <span className="jy-number">{aside}</span>
      </figcaption>
      <div className="jy-use-plot">
        <svg role="img" aria-label={label} viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none">
          {LEVELS.map((level) => {
            const y = BOX.height - BOX.edge - (level / 100) * (BOX.height - 2 * BOX.edge);
            return <line key={level} className="jy-use-level" x1={0} x2={BOX.width} y1={y} y2={y} />;
          })}
          {lines.map(({ name, values }) =>
            trendPieces(values, BOX, 0, 100).map((piece) => (
              <polyline
                key={`${name} ${piece[0]?.x}`}
                className={name}
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
          {days.map(
            (day, at) =>
              day && (
                <rect key={day.tip} className="jy-use-day" x={at * width} y={0} width={width} height={BOX.height}>
                  <title>{day.tip}</title>
                </rect>
              ),
          )}
        </svg>
        <span className="jy-use-top jy-number" aria-hidden>
          100%
        </span>
      </div>
      <div className="jy-use-ends jy-number">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </div>
    </figure>
  );
}
