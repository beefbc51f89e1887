import { heightOf, scaleOf, trendPieces } from '../../../ui/trend';

type Props = {
  values: readonly (number | null)[];
  /** Says in words what the line shows. */
  label: string;
  /** A level to compare with, drawn as a broken line. */
  level?: number | null;
};

const BOX = { width: 132, height: 32, edge: 3 };

/** A line as small as a word, in a table's cell. */
export function TrendLine({ values, label, level = null }: Props) {
  const scale = scaleOf(values, level === null ? [] : [level]);
  if (!scale) return <span className="jy-quiet-text">–</span>;
  const pieces = trendPieces(values, BOX, scale.low, scale.high);
  const last = pieces.at(-1)?.at(-1);
  const levelY = level === null ? null : heightOf(level, BOX, scale.low, scale.high);
  return (
    <svg className="jy-trend" role="img" aria-label={label} width={BOX.width} height={BOX.height}>
      <title>{label}</title>
      {levelY !== null && (
        <line className="jy-trend-level" x1={BOX.edge} x2={BOX.width - BOX.edge} y1={levelY} y2={levelY} />
      )}
      {pieces.map((piece) => (
        <polyline
          key={piece[0]?.x}
          className="jy-trend-line"
          points={(piece.length > 1 ? piece : [...piece, ...piece.map(({ x, y }) => ({ x: x + 1, y }))])
            .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
            .join(' ')}
        />
      ))}
      {last && <circle className="jy-trend-dot" cx={last.x} cy={last.y} r="2.5" />}
    </svg>
  );
}
