/** Prints lines of cells below each other: the first to the left, the figures to the right. */
export function printTable(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => String(line[column]).length)));
  for (const [name, ...figures] of lines) {
    const padded = figures.map((figure, at) => String(figure).padStart(Math.max(widths[at + 1] + 2, 12)));
    console.log(String(name).padEnd(widths[0]) + padded.join(''));
  }
}
