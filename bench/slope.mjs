/**
 * The straight line through points by least squares, and how sure its slope is: its standard error.
 * @param {readonly { x: number, y: number }[]} points at least three, not all at one x
 */
export const lineThrough = (points) => {
  const n = points.length;
  const mean = (of) => points.reduce((sum, point) => sum + of(point), 0) / n;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  const slope = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread;
  const left = points.reduce((sum, point) => sum + (point.y - y - slope * (point.x - x)) ** 2, 0);
  return { slope, error: Math.sqrt(left / (n - 2) / spread), mean: y };
};
