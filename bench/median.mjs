export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median, the lowest and the highest, with two digits behind the point. */
export const spread = (values) =>
  [median(values), Math.min(...values), Math.max(...values)].map((value) => value.toFixed(2));
