/**
 * Closed walks in a graph (`[a, b, a]`): none exactly when the graph has no cycle. `edges` maps a node to the nodes it
 * points at. Where cycles share a node not each of them is listed, so run again after mending one.
 */
export function findCycles(edges) {
  const done = new Set();
  const cycles = [];
  for (const start of edges.keys()) follow(start, [], new Set());
  return cycles;

  function follow(node, path, onPath) {
    if (onPath.has(node)) {
      cycles.push([...path.slice(path.indexOf(node)), node]);
      return;
    }
    if (done.has(node)) return;
    path.push(node);
    onPath.add(node);
    for (const next of edges.get(node) ?? []) follow(next, path, onPath);
    path.pop();
    onPath.delete(node);
    done.add(node);
  }
}
