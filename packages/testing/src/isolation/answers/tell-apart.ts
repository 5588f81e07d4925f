/** The facts of one answer, by name. */
type Features = ReadonlyMap<string, string>;

/**
 * Returns the names of the facts that tell two kinds of answer apart: all answers of a kind agree on them, and the two
 * kinds differ. A fact that changes between answers of one kind, such as a time or a request id, tells nothing.
 */
export function tellApart(some: readonly Features[], others: readonly Features[]): readonly string[] {
  const names = new Set([...some, ...others].flatMap((features) => [...features.keys()]));
  return [...names].filter((name) => {
    const one = agreedValue(some, name);
    const other = agreedValue(others, name);
    return one !== undefined && other !== undefined && one.value !== other.value;
  });
}

/** Returns the value that all answers share, which may be its absence; `undefined` when they disagree. */
function agreedValue(answers: readonly Features[], name: string): { value: string | undefined } | undefined {
  const value = answers[0]?.get(name);
  return answers.every((features) => features.get(name) === value) ? { value } : undefined;
}

/** Describes the differences in words, at most four of them. */
export function describeDifference(names: readonly string[], one: Features, other: Features): string {
  const shown = names.slice(0, 4).map((name) => `${name} ${quote(one.get(name))} instead of ${quote(other.get(name))}`);
  return shown.join('; ') + (names.length > 4 ? `; and ${names.length - 4} more` : '');
}

function quote(value: string | undefined): string {
  if (value === undefined) return 'absent';
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}
