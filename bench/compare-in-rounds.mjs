/**
 * Measures all in each round, forwards and backwards in turn: what else the machine does meets them alike.
 *
 * @param measure gives the figure of one of them, by its name
 * @returns by name, the figures of the rounds, and what they are as shares of the first one's figure of the same round
 */
export async function compareInRounds(names, rounds, measure) {
  const [base] = names;
  const results = new Map(names.map((name) => [name, { figures: [], shares: [] }]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      results.get(name).figures.push(await measure(name));
    }
    const whole = results.get(base).figures[round];
    for (const { figures, shares } of results.values()) shares.push(figures[round] / whole);
  }
  return results;
}
