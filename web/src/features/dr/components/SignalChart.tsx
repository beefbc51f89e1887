import { trendPieces } from '../../../ui/trend';

export type SignalSlot = { most: number; mean: number; tip: string };

type Props = {
  title: string;
  aside: string;
  /** Says in words what the lines show. */
  label: string;
  /** The oldest first; null = nothing was read. */
  slots: readonly (SignalSlot | null)[];
  top: number;
  topText: string;
  ends: readonly [string, string];
};

const BOX = { width: 640, height: 96, edge: 2 };

/** A signal over time: the most of each slot as a line, the mean quietly below it, from nought up. */
export function SignalChart({ title, aside, label, slots, top, topText, ends }: Props) {
  const lines = [
    { name: 'jy-use-line jy-use-mean', values: slots.map((slot) => slot?.mean ?? null) },
    { name: 'jy-use-line', values: slots.map((slot) => slot?.most ?? null) },
  ];
  const width = BOX.width / Math.max(1, slots.length);
  return (
    <figure className="jy-use-chart">
      <figcaption>
        <span>{title}</span>
        <span className="jy-number">{aside}</span>
      </figcaption>
      <div className="jy-use-plot">
        <svg role="img" aria-label={label} viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none">
          <line className="jy-use-level" x1={0} x2={BOX.width} y1={BOX.height - BOX.edge} y2={BOX.height - BOX.edge} />
          {lines.map(({ name, values }) =>
            trendPieces(values, BOX, 0, top).map((piece) => (
              <polyline
                key={`${name} ${piece[0]?.x}`}
                className={name}
                // A slot alone is a short stroke: nothing would be seen of a point.
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
          {slots.map(
            (slot, at) =>
              slot && (
                <rect key={slot.tip} className="jy-use-day" x={at * width} y={0} width={width} height={BOX.height}>
                  <title>{slot.tip}</title>
                </rect>
              ),
          )}
        </svg>
        <span className="jy-use-top jy-number" aria-hidden>
          {topText}
        </span>
      </div>
      <div className="jy-use-ends jy-number">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </div>
    </figure>
  );
}
