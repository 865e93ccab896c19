/** The function, remembering what it made of the last arguments: the same ones give the same object. */
export function lastOf<A extends readonly unknown[], R>(
  make: (...args: A) => R,
): (...args: A) => R {
  let last: { readonly args: A; readonly result: R } | undefined;
  return (...args) => {
    if (last === undefined || !isSame(last.args, args)) last = { args, result: make(...args) };
    return last.result;
  };
}

/** The function of an object, remembering for each what it made of it with the last arguments. */
export function ofEach<K extends object, A extends readonly unknown[], R>(
  make: (key: K, ...args: A) => R,
): (key: K, ...args: A) => R {
  const made = new WeakMap<K, { readonly args: A; readonly result: R }>();
  return (key, ...args) => {
    const last = made.get(key);
    if (last !== undefined && isSame(last.args, args)) return last.result;
    const result = make(key, ...args);
    made.set(key, { args, result });
    return result;
  };
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  for (let index = 0; index < one.length; index += 1) {
    if (one[index] !== other[index]) return false;
  }
  return one.length === other.length;
}
