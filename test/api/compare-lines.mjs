/** The lines that are in one text more often than in the other: those that are gone first, then those that are new. */
export function compareLines(before, after) {
  const gone = surplus(before, after).map((line) => `- ${line}`);
  const added = surplus(after, before).map((line) => `+ ${line}`);
  if (gone.length + added.length > 0) return [...gone, ...added];
  return before === after ? [] : ['the same lines in another order'];
}

function surplus(text, other) {
  const left = new Map();
  for (const line of other.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
  return text.split('\n').filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
