/** Freezes a JSON value and everything in it, however deep, without recursion. */
export function deepFreeze<Value extends object>(root: Value): Value {
  const pending: object[] = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    Object.freeze(value);
    for (const name in value) {
      const member: unknown = value[name as keyof typeof value];
      if (typeof member === 'object' && member !== null) pending.push(member);
    }
  }
  return root;
}
